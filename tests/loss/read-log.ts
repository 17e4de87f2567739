import type pg from 'pg';
import type { LoggedEvent } from './verdict.js';

/** All numbered events, the oldest of each tenant first, as the superuser sees them. */
export async function readLog(admin: pg.Client): Promise<LoggedEvent[]> {
  const { rows } =
    await admin.query<LoggedEvent>(`select e.id, e.tenant_id as "tenantId", e.location_id as "locationId",
      p.position::integer, e.type
    from events.placement p join events.event e on e.id = p.event_id order by p.tenant_id, p.position`);
  return rows;
}

/** Whether every committed event has its position. */
export async function allNumbered(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query(
    `select from events.event e where not exists (select from events.placement p where p.seq = e.seq) limit 1`,
  );
  return rows.length === 0;
}

/** Whether every committed event has its position and every webhook its end: nothing more is about to be written. */
export async function isQuiet(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query(`select from partners.delivery where status = 'PENDING' limit 1`);
  return rows.length === 0 && allNumbered(admin);
}
