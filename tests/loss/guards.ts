import type { Guard } from './options.js';

/** A text of the product that stands exactly once in a file, and what the product reads without the guard. */
export interface Patch {
  file: string;
  /** Where `file` is a folder of migrations: a text of the newest that counts, for it replaces what older ones made. */
  newestWith?: string;
  find: string;
  replace: string;
}

const EVENTS = 'platform/src/events';
const MIGRATIONS = `${EVENTS}/migrations`;
const OWN_EVENTS = 'create policy read_by_tenant on events.event ';
const OWN_PLACEMENTS = 'create policy read_by_tenant on events.placement ';
const OWN_TENANT = 'tenant_id = (select plaza.tenant_id())';

/** How each guard is taken out of a copy of the product. */
export const GUARD_PATCHES: Record<Guard, readonly Patch[]> = {
  position: [
    {
      file: MIGRATIONS,
      newestWith: 'function events.sequence(',
      find: 'order by p.first_position desc limit 1),\n              (select s.oldest',
      replace:
        'order by p.first_position desc limit 0), min(seqs[w.nth]) - 1,\n              (select s.oldest',
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
    {
      file: MIGRATIONS,
      newestWith: 'function events.read(tenant_id uuid, after',
      find: 'where p.tenant_id = read.tenant_id and p.first_position >= begins',
      replace: 'where p.first_position >= begins',
    },
    {
      file: MIGRATIONS,
      newestWith: OWN_EVENTS,
      find: `using (${OWN_TENANT} and plaza.sees_location(location_id))`,
      replace: 'using (plaza.sees_location(location_id))',
    },
    {
      file: MIGRATIONS,
      newestWith: OWN_PLACEMENTS,
      find: `${OWN_PLACEMENTS}for select to plaza_events_owner\n    using (${OWN_TENANT})`,
      replace: `${OWN_PLACEMENTS}for select to plaza_events_owner\n    using (true)`,
    },
  ],
  location: [
    {
      file: 'gateway/src/subscriptions/shared/followed.ts',
      find: 'asked === undefined ? viewer.locationIds : [asked]',
      replace: 'asked === undefined ? null : [asked]',
    },
  ],
};
