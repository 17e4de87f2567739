import { ALWAYS } from './invariants.js';
import { AS_IT_IS, type Rules } from './site.js';

/** A guard, and how it is taken away. */
export interface Guard {
  name: string;
  /** What takes it away, in the copy of the database that a round plays on. */
  removal: readonly string[];
  /** A mistake that the guard is there for: with the guard the product holds against it. */
  mistake?: readonly string[];
  /** Any of these shows that it is gone. */
  expected: readonly string[];
  rules?: Partial<Rules>;
}

const atRandom = (table: string, when: string, name: string, change: string) => `
  create function payments.${name}() returns trigger language plpgsql as $$
    begin ${change} return new; end $$;
  create trigger a_${name} before ${when} on payments.${table} for each row execute function payments.${name}()`;

const NO_STAY_LOCK = `
  create or replace function tickets.lock_stay(ticket uuid)
    returns table (ticket_id uuid, code text, location_id uuid, vehicle_kind text, status text, entered_at timestamptz,
      exited_at timestamptz)
    language sql security definer set search_path = tickets, pg_temp
    begin atomic
      select t.id, t.code, t.location_id, t.vehicle_kind, t.status, t.entered_at, t.exited_at
        from tickets.ticket t where t.id = ticket;
    end`;

/** One entry in ten is a cent too much. */
const MISCOUNTED = atRandom(
  'entry',
  'insert',
  'miscount',
  'if random() < 0.1 then new.amount := new.amount + 1; end if; if new.amount = 0 then new.amount := 1; end if;',
);

/** The kept end of a payment is forgotten: whoever comes second does all of it again. */
const FORGOTTEN_END = atRandom('payment', 'update', 'forget_end', 'new.outcome := null;');
const FORGOTTEN_SUCCESS = atRandom(
  'payment',
  'update',
  'forget_end',
  `if new.status not in ('DECLINED', 'CANCELLED') then new.outcome := null; end if;`,
);

/** One ticket in three is voided while money comes in for it. */
const VOIDED_TOO_LATE = `
  create function tickets.void_too_late() returns trigger language plpgsql as $$
    begin
      if new.holds_money and new.status = 'OPEN' and random() < 0.3 then new.status := 'VOID'; end if;
      return new;
    end $$;
  create trigger a_mistake before update on tickets.ticket for each row execute function tickets.void_too_late()`;

/** One declined payment in two is taken for paid. */
const MISTAKEN_STEP = `
  create function payments.mistake_step() returns trigger language plpgsql as $$
    begin
      if new.status in ('DECLINED', 'CANCELLED') and pg_trigger_depth() = 1 and random() < 0.5 then
        update payments.payment set status = 'SUCCEEDED', decline_reason = null where id = new.id;
      end if;
      return null;
    end $$;
  create trigger mistake after update on payments.payment for each row execute function payments.mistake_step()`;

export const GUARDS: Guard[] = [
  {
    name: "the stay's lock",
    removal: [NO_STAY_LOCK],
    expected: [
      'no more is kept than the stay costs',
      'no more is taken by provider and drawer than the stay costs',
      'no money without its ticket',
      'a story answers',
    ],
  },
  {
    // whatever else goes wrong without the lock, that one it prevents
    name: "one unfinished payment of a ticket (behind the stay's lock)",
    mistake: [NO_STAY_LOCK],
    removal: ['drop index payments.payment_one_pending'],
    rules: { watched: ['two payments of a ticket never run at once'] },
    expected: ['two payments of a ticket never run at once'],
  },
  {
    name: 'the outcome kept under the key',
    removal: [atRandom('idempotency_key', 'insert', 'forget_key', 'new.key := gen_random_uuid()::text;')],
    expected: [
      'at most one payment for an idempotency key',
      'at most one charge for an idempotency key',
      'a key is answered with one end',
    ],
  },
  {
    name: 'debits equal credits, by the database',
    mistake: [MISCOUNTED],
    removal: ['drop trigger balanced on payments.entry'],
    expected: ['debits equal credits'],
  },
  {
    name: 'the end kept with the payment',
    removal: [FORGOTTEN_END],
    expected: ['every success has its event, exactly one', 'a story answers', 'nothing is left unfinished'],
  },
  {
    // one receipt for a payment would refuse the second booking too
    name: 'a payment is booked once (with its one receipt; behind the end kept with the payment)',
    mistake: [FORGOTTEN_SUCCESS],
    removal: [
      'drop index payments.ledger_payment_once',
      'alter table payments.receipt drop constraint receipt_payment_id_key',
    ],
    // a notice about a payment whose end is forgotten is refused again and again
    rules: { watched: ALWAYS.map(({ name }) => name) },
    expected: [
      'every success is booked once and has one receipt, and nothing else is',
      'every success has its event, exactly one',
    ],
  },
  {
    name: 'the steps that a payment may take',
    mistake: [MISTAKEN_STEP],
    removal: ['drop trigger step on payments.payment'],
    expected: [
      'every success has its event, exactly one',
      'every success is booked once and has one receipt, and nothing else is',
    ],
  },
  {
    name: 'a notice is kept once, under the id that the provider gave it',
    removal: [
      atRandom('provider_notice', 'insert', 'rename_notice', 'new.notice_id := gen_random_uuid()::text;'),
    ],
    expected: ['a notice is kept once'],
  },
  {
    name: 'a ticket that holds money is not voided',
    mistake: [VOIDED_TOO_LATE],
    removal: ['alter table tickets.ticket drop constraint ticket_void_holds_nothing'],
    expected: ['no money without its ticket'],
  },
  {
    name: 'the recovery pass',
    removal: [],
    rules: { recovers: false },
    expected: ['nothing is left unfinished'],
  },
];

/** The product as it is, with the mistake that the guard is there for. */
export const withMistake = ({ mistake = [], rules }: Guard): Rules => ({
  ...AS_IT_IS,
  sql: mistake,
  mistaken: true,
  ...rules,
});

/** The same without the guard. */
export const without = (guard: Guard): Rules => ({
  ...withMistake(guard),
  sql: [...guard.removal, ...(guard.mistake ?? [])],
  mistaken: guard.mistake !== undefined,
});
