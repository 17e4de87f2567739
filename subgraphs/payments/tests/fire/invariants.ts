/** What the players know that the database cannot: whoever looks gives it to each question. */
export interface Known {
  /** The tickets that were entered, and how many keys to pay were used for each. */
  ordered: { ticketId: string; keys: number }[];
  /** Which key each order to charge came with. */
  charged: { key: string; paymentId: string }[];
  noticeIds: string[];
  /** Payments that somebody was told are paid, refunds that are given, tickets that have left. */
  told: { payments: string[]; refunds: string[]; exits: string[] };
  /** What a stay costs, minor units. */
  price: number;
}

/** A question whose every row is a violation. */
export interface Invariant {
  name: string;
  sql: string;
  values?: (known: Known) => unknown[];
}

const TAKEN = `('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTED')`;
const MONEY = `a.kind in ('CASH_DRAWER', 'CARD_CLEARING', 'DIGITAL_CLEARING')`;

/** How often a payment has something, beside how often it should. */
const counted = (table: string, condition: string) => `(select count(*) from ${table} where ${condition})`;
const events = (type: string) => counted('events.event e', `e.type = '${type}' and e.subject_id = p.id`);

/** True at every instant, whoever is killed and whatever is under way. */
export const ALWAYS: Invariant[] = [
  {
    name: 'debits equal credits',
    sql: `select transaction_id from payments.entry group by transaction_id, currency_code having sum(amount) <> 0
      union all select t.id from payments.ledger_transaction t
        where not exists (select from payments.entry e where e.transaction_id = t.id)`,
  },
  {
    name: 'every success has its event, exactly one',
    sql: `select p.id, p.status from payments.payment p
      where ${events('payment.succeeded')} <> (p.status in ${TAKEN})::int
        or ${events('payment.declined')} <> (p.status in ('DECLINED', 'CANCELLED'))::int`,
  },
  {
    name: 'every success is booked once and has one receipt, and nothing else is',
    sql: `select p.id, p.status from payments.payment p
      where ${counted('payments.ledger_transaction t', 't.payment_id = p.id and t.refund_id is null')}
          <> (p.status in ${TAKEN})::int
        or ${counted('payments.receipt r', 'r.payment_id = p.id')} <> (p.status in ${TAKEN})::int`,
  },
  {
    name: 'every refund is booked once, and its event told once',
    sql: `select p.id from payments.payment p
      where ${events('payment.refunded')} <> ${counted('payments.refund r', `r.payment_id = p.id and r.status = 'SUCCEEDED'`)}
      union all select r.id from payments.refund r
      where ${counted('payments.ledger_transaction t', 't.refund_id = r.id')} <> (r.status = 'SUCCEEDED')::int`,
  },
  {
    name: 'refunds are no more than was paid',
    sql: `select p.id, p.refunded from payments.payment p left join payments.refund r on r.payment_id = p.id
        and r.status <> 'FAILED'
      group by p.id having coalesce(sum(r.amount), 0) <> p.refunded or p.refunded > p.amount`,
  },
  {
    name: 'no settled ticket without its money',
    sql: `select t.id from tickets.ticket t left join payments.payment p on p.ticket_id = t.id
        and p.status in ${TAKEN}
      where t.status in ('SETTLED', 'CLOSED') group by t.id having coalesce(sum(p.amount - (
          select coalesce(sum(r.amount), 0) from payments.refund r
          where r.payment_id = p.id and r.owed_again and r.status <> 'FAILED')), 0) < $1::bigint`,
    values: ({ price }) => [price],
  },
  {
    name: 'no money without its ticket',
    sql: `select p.id, t.status from payments.payment p left join tickets.ticket t on t.id = p.ticket_id
      where p.status in ${TAKEN} and p.refunded < p.amount and (t.id is null or t.status = 'VOID')`,
  },
  {
    name: 'no more is kept than the stay costs',
    sql: `select p.ticket_id, sum(e.amount) from payments.entry e
        join payments.account a on a.id = e.account_id and ${MONEY}
        join payments.ledger_transaction t on t.id = e.transaction_id
        join payments.payment p on p.id = t.payment_id
      group by p.ticket_id having sum(e.amount) not between 0 and $1::bigint`,
    values: ({ price }) => [price],
  },
  {
    name: 'no more is taken by provider and drawer than the stay costs',
    sql: `select p.ticket_id, sum(taken.amount) from payments.payment p, lateral (
        select case when c.dispute = 'LOST' then 0 else c.amount - (
            select coalesce(sum(g.amount), 0) from payments.sandbox_refund g where g.payment_id = c.payment_id) end
          from payments.sandbox_charge c where c.payment_id = p.id and c.status = 'CAPTURED'
        union all select p.amount - p.refunded where p.method = 'CASH') taken(amount)
      group by p.ticket_id having sum(taken.amount) not between 0 and $1::bigint`,
    values: ({ price }) => [price],
  },
  {
    name: 'two payments of a ticket never run at once',
    sql: `select ticket_id from payments.payment where status in ('PENDING', 'AUTHORIZED')
      group by ticket_id having count(*) > 1`,
  },
  {
    name: 'what is booked was moved by the provider',
    sql: `select p.id from payments.payment p left join payments.sandbox_charge c
        on c.payment_id = p.id and c.status = 'CAPTURED' and c.amount = p.amount
      where p.method <> 'CASH' and p.status in ${TAKEN} and c.payment_id is null
      union all select r.id from payments.refund r join payments.payment p on p.id = r.payment_id
        left join payments.sandbox_refund g on g.refund_id = r.id and g.amount = r.amount
        left join payments.dispute d on d.payment_id = p.id and d.status = 'LOST'
      where p.method <> 'CASH' and r.status = 'SUCCEEDED' and g.refund_id is null and d.id is null`,
  },
  {
    name: 'at most one charge for an idempotency key',
    sql: `select key from unnest($1::text[], $2::uuid[]) ordered(key, payment_id)
        join payments.sandbox_charge c using (payment_id) where c.status = 'CAPTURED'
      group by key having count(distinct payment_id) > 1`,
    values: ({ charged }) => [charged.map(({ key }) => key), charged.map(({ paymentId }) => paymentId)],
  },
  {
    name: 'at most one payment for an idempotency key',
    sql: `select ordered.ticket_id from unnest($1::uuid[], $2::int[]) ordered(ticket_id, keys)
        join payments.payment p on p.ticket_id = ordered.ticket_id
      group by ordered.ticket_id, ordered.keys having count(*) > ordered.keys`,
    values: ({ ordered }) => [ordered.map(({ ticketId }) => ticketId), ordered.map(({ keys }) => keys)],
  },
  {
    name: 'a notice is kept once',
    sql: `select notice_id from payments.provider_notice where notice_id <> all ($1::text[])
      union all select notice_id from payments.provider_notice group by notice_id having count(*) > 1`,
    values: ({ noticeIds }) => [noticeIds],
  },
  {
    name: 'receipts have no gaps',
    sql: `select location_id, year from payments.receipt group by location_id, year having count(*) <> max(number)`,
  },
  {
    name: 'what somebody was told is true',
    sql: `select p.id::text from payments.payment p where p.id = any ($1::uuid[]) and p.status not in ${TAKEN}
      union all select r.id::text from payments.refund r where r.id = any ($2::uuid[]) and r.status <> 'SUCCEEDED'
      union all select t.id::text from tickets.ticket t where t.id = any ($3::uuid[]) and t.status <> 'CLOSED'`,
    values: ({ told }) => [told.payments, told.refunds, told.exits],
  },
];

/** What is left unfinished. Empty once the bank has told all, and the recovery has had its turns. */
export const UNFINISHED: Invariant = {
  name: 'nothing is left unfinished',
  sql: `select id::text, status from payments.payment where status in ('PENDING', 'AUTHORIZED')
    union all select id::text, status from payments.refund where status = 'PENDING'
    union all select notice_id, kind from payments.provider_notice where applied_at is null
    union all select id::text, kind from payments.sandbox_happening where told_at is null
    union all select payment_id::text, status from payments.sandbox_charge
      where status in ('AUTHORISED', 'PROCESSING', 'ACTION_REQUIRED')`,
};

/** True once nothing is under way any more. */
export const QUIET: Invariant[] = [
  UNFINISHED,
  {
    name: 'what the provider holds is what the ledger says',
    sql: `select payment_id, held, booked from (
        select c.payment_id, case when c.status <> 'CAPTURED' or c.dispute = 'LOST' then 0 else c.amount - (
            select coalesce(sum(g.amount), 0) from payments.sandbox_refund g where g.payment_id = c.payment_id)
          end as held
        from payments.sandbox_charge c) provider
      full join (
        select t.payment_id, sum(e.amount) as booked from payments.entry e
          join payments.account a on a.id = e.account_id and a.kind in ('CARD_CLEARING', 'DIGITAL_CLEARING')
          join payments.ledger_transaction t on t.id = e.transaction_id
        group by t.payment_id) ledger using (payment_id)
      where coalesce(held, 0) <> coalesce(booked, 0)`,
  },
];
