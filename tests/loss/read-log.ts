import type pg from 'pg';
import type { LoggedEvent } from './verdict.js';

/** All numbered events, the oldest of each tenant first, as the superuser sees them. */
export async function readLog(admin: pg.Client): Promise<LoggedEvent[]> {
  const { rows } =
    await admin.query<LoggedEvent>(`select e.id, e.tenant_id as "tenantId", e.location_id as "locationId",
      (p.first_position + placed.nth - 1)::integer as position, e.type
    from events.placement p cross join lateral unnest(p.event_ids) with ordinality as placed (event_id, nth)
      join events.event e on e.id = placed.event_id order by p.tenant_id, p.first_position, placed.nth`);
  return rows;
}

/** Whether every committed event has its position. */
export async function allNumbered(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query(
    `select from events.event where id not in (select unnest(event_ids) from events.placement) limit 1`,
  );
  return rows.length === 0;
}

/** Whether every committed event has its position and every webhook its end: nothing more is about to be written. */
export async function isQuiet(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query(`select from partners.delivery where status = 'PENDING' limit 1`);
  return rows.length === 0 && allNumbered(admin);
}
