import type { Guard } from './options.js';

/** A text of the product that stands exactly once in a file, and what the product reads without the guard. */
export interface Patch {
  file: string;
  find: string;
  replace: string;
}

const EVENTS = 'platform/src/events';
const PLACING = `${EVENTS}/migrations/20261122140001-placing.ts`;
const POLICIES = `${EVENTS}/migrations/20261122140000-append-only.ts`;
const OWN_TENANT = 'tenant_id = (select plaza.tenant_id())';

/** How each guard is taken out of a copy of the product. */
export const GUARD_PATCHES: Record<Guard, readonly Patch[]> = {
  position: [
    {
      file: PLACING,
      find: 'g.last + row_number() over (partition by w.tenant_id order by w.seq), w.seq, w.id',
      replace: 'w.seq, w.seq, w.id',
    },
  ],
  reread: [
    {
      file: `${EVENTS}/feed.ts`,
      find: 'for (const tail of this.tails.values()) void tail.refresh();',
      replace: '',
    },
  ],
  // both of them: what the function asks for, and what the policies let it see
  tenant: [
    { file: PLACING, find: 'where p.tenant_id = read.tenant_id and p.position', replace: 'where p.position' },
    {
      file: POLICIES,
      find: `using (${OWN_TENANT} and plaza.sees_location(location_id))`,
      replace: 'using (plaza.sees_location(location_id))',
    },
    {
      file: POLICIES,
      find: `events.placement for select to plaza_events_owner\n    using (${OWN_TENANT})`,
      replace: 'events.placement for select to plaza_events_owner\n    using (true)',
    },
  ],
};
