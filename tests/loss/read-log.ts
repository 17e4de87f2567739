import type pg from 'pg';
import type { LoggedEvent } from './verdict.js';

/** All numbered events, the oldest of each tenant first, as the superuser sees them. */
export async function readLog(admin: pg.Client): Promise<LoggedEvent[]> {
  const { rows } = await admin.query<LoggedEvent>(`select id, tenant_id as "tenantId", position::integer, type
    from events.event where position is not null order by tenant_id, position`);
  return rows;
}

/** Whether every committed event has its position. */
export async function allNumbered(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query(`select from events.event where position is null limit 1`);
  return rows.length === 0;
}
