import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { readEarlierStay } from '../contract/tickets.js';

/** A ticket, and within how many minutes of an exit its vehicle had to come back for the stay to go on. */
export interface Returned {
  ticketId: string;
  minutes: number;
}

/**
 * The tickets that these stays go on from, each chain from its first part to its last. The version in force when the
 * vehicle came back says how soon that had to be; what it found closed then it still finds closed, so it needs no lock.
 */
export async function readEarlierParts(
  tx: Transaction,
  returned: readonly Returned[],
): Promise<ReadonlyMap<string, string[]>> {
  const ids = returned.map(({ ticketId }) => ticketId);
  const minutes = returned.map((one) => one.minutes);
  const within = (column: string) => sql`make_interval(mins => ${sql.raw(column)})`;
  const parts = await tx.rows<{ of: string; ticketId: string }>(sql`
    with recursive part as (
      select asked.ticket_id as of, 1 as place, found.*
      from unnest(${ids}::uuid[], ${minutes}::integer[]) asked (ticket_id, minutes)
      cross join lateral ${readEarlierStay(sql`asked.ticket_id`, within('asked.minutes'))} found
      union all
      select part.of, part.place + 1, found.*
      from part
      cross join lateral (
        select (v.rules -> 'graces' ->> 'reentry')::integer as minutes from payments.tariff_validity v
        where v.location_id = part.location_id and v.effective_from <= part.entered_at
          and (v.effective_until is null or v.effective_until > part.entered_at)
        order by v.effective_from desc limit 1
      ) version
      cross join lateral ${readEarlierStay(sql`part.ticket_id`, within('version.minutes'))} found
      where version.minutes > 0
    )
    select part.of, part.ticket_id as "ticketId" from part order by part.of, part.place desc`);
  const chains = Map.groupBy(parts, ({ of }) => of);
  return new Map([...chains].map(([of, chain]) => [of, chain.map(({ ticketId }) => ticketId)]));
}
