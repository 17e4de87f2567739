import type { TestDatabase } from '@plaza/platform/testing/test-database';
import pg from 'pg';

/** What must never be found in the database, whatever was killed and when; each query finds the offenders. */
const PROMISES: Record<string, string> = {
  'no live ticket without its claim': `
    select t.id from tickets.ticket t where t.status in ('OPEN', 'SETTLED', 'LOST') and not exists (
      select from spaces.claim c where c.reference = t.id and c.space_id = t.space_id and c.ends_at = 'infinity')`,
  'no claim without its live ticket': `
    select c.id from spaces.claim c where c.kind = 'STAY' and c.ends_at = 'infinity' and not exists (
      select from tickets.ticket t where t.id = c.reference and t.status in ('OPEN', 'SETTLED', 'LOST'))`,
  'no ended ticket with an open claim or another end': `
    select t.id from tickets.ticket t join spaces.claim c on c.reference = t.id
    where t.status = 'CLOSED' and c.ends_at <> t.exited_at`,
  'no ticket without the event of its entry': `
    select t.id from tickets.ticket t where (select count(*) from events.event e
      where e.type = 'ticket.entered' and e.subject_id = t.id) <> 1`,
  'no event of an entry without its ticket': `
    select e.id from events.event e where e.type = 'ticket.entered'
      and not exists (select from tickets.ticket t where t.id = e.subject_id)`,
  'no closed ticket without the event of its exit, and the other way round': `
    select coalesce(t.id, e.subject_id) from (select * from tickets.ticket where status = 'CLOSED') t
    full join (select * from events.event where type = 'ticket.closed') e on e.subject_id = t.id
    where t.id is null or e.id is null`,
  'as many spaces told occupied and freed as there are claims': `
    select c.space_id from spaces.claim c where c.kind = 'STAY' group by c.space_id
    having count(*) <> (select count(*) from events.event e where e.subject_id = c.space_id and e.type = 'space.occupied')
      or count(*) filter (where c.ends_at <> 'infinity')
        <> (select count(*) from events.event e where e.subject_id = c.space_id and e.type = 'space.freed')`,
  'no payment taken without its event, its receipt and its ledger entries': `
    select p.id from payments.payment p where p.status = 'SUCCEEDED' and (
      not exists (select from events.event e where e.type = 'payment.succeeded' and e.subject_id = p.id)
      or not exists (select from payments.receipt r where r.payment_id = p.id)
      or not exists (select from payments.ledger_transaction l join payments.entry n on n.transaction_id = l.id
        where l.payment_id = p.id))`,
  'no settled ticket without its money': `
    select t.id from tickets.ticket t where t.status = 'SETTLED'
      and not exists (select from payments.payment p where p.ticket_id = t.id and p.status = 'SUCCEEDED')`,
  'no ticket paid twice': `
    select ticket_id from payments.payment where status = 'SUCCEEDED' group by ticket_id having count(*) > 1`,
  'a balanced ledger': `
    select transaction_id from payments.entry group by transaction_id having sum(amount) <> 0`,
  'receipt numbers without gaps': `
    select location_id from payments.receipt group by location_id, year having max(number) <> count(*) or min(number) <> 1`,
  'positions without holes': `
    select tenant_id from events.placement group by tenant_id
    having max(last_position) <> sum(cardinality(event_ids)) or min(first_position) <> 1`,
  'no event with two positions': `
    select e.id from events.event e left join (select unnest(event_ids) as id from events.placement) p on p.id = e.id
    group by e.id having count(p.id) > 1`,
};

/** Looks at the database as its superuser; returns the promises that are broken, with some offenders. */
export async function brokenPromises(database: TestDatabase): Promise<Record<string, unknown[]>> {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const broken: Record<string, unknown[]> = {};
  for (const [promise, offenders] of Object.entries(PROMISES)) {
    const { rows } = await admin.query<Record<string, unknown>>(`${offenders} limit 3`);
    if (rows.length > 0) broken[promise] = rows;
  }
  await admin.end();
  return broken;
}
