import { randomUUID } from 'node:crypto';
import { newId } from '@plaza/platform/ids';
import pg from 'pg';
import type { Contender } from './race.js';
import { newPlate, PRICE } from './site.js';

/** Where the writes go and in whose name. */
export interface BareSite {
  tenantId: string;
  userId: string;
  locationId: string;
}

interface Step {
  name: string;
  text: string;
  values: unknown[];
}

/**
 * The rows of one car that enters, pays and leaves, written as a single program would that needs no graph: three
 * transactions of prepared statements, each sent in one go. Same tables, constraints, triggers, policies and
 * contract functions (the receipt is a trigger's); nothing is read, checked, priced or answered.
 */
export class BareWrites implements Contender {
  readonly name = 'bare SQL';
  private readonly tickets: pg.Pool;
  private readonly payments: pg.Pool;

  constructor(
    private readonly site: BareSite,
    urls: { tickets: string; payments: string },
    connections: number,
  ) {
    const poolOf = (connectionString: string) =>
      new pg.Pool({ connectionString, max: connections, pipeline: true });
    this.tickets = poolOf(urls.tickets);
    this.payments = poolOf(urls.payments);
  }

  async run(): Promise<void> {
    const ticketId = newId();
    await this.commit(this.tickets, this.keyed('tickets', this.entry(ticketId)));
    await this.commit(this.payments, this.keyed('payments', this.payment(ticketId)));
    await this.commit(this.payments, this.keyed('payments', this.exit(ticketId)));
  }

  async close(): Promise<void> {
    await Promise.all([this.tickets.end(), this.payments.end()]);
  }

  private entry(ticketId: string): Step[] {
    const plate = newPlate();
    const vehicleId = newId();
    const now = new Date();
    return [
      {
        name: 'vehicle',
        text: `insert into tickets.vehicle (id, plate, kind) values ($1, $2, 'CAR')`,
        values: [vehicleId, plate],
      },
      {
        name: 'ticket',
        text: `insert into tickets.ticket
            (id, code, location_id, space_id, vehicle_id, vehicle_kind, entered_at, changed_at)
          select $1, $2, $3, claimed.space_id, $4, 'CAR', $5, $5
          from spaces.claim_space($3, 'CAR', null, $1, $5) claimed`,
        values: [ticketId, plate, this.site.locationId, vehicleId, now],
      },
    ];
  }

  private payment(ticketId: string): Step[] {
    const { locationId } = this.site;
    const paymentId = newId();
    const transactionId = newId();
    const now = new Date();
    const told = { paymentId, ticketId, locationId, method: 'CASH', amount: '2.42', currencyCode: 'EUR' };
    return [
      { name: 'lock', text: 'select ticket_id from tickets.lock_stay($1)', values: [ticketId] },
      {
        name: 'payment',
        text: `insert into payments.payment
            (id, ticket_id, location_id, method, status, currency_code, amount, tax, quote, paid_at)
          values ($1, $2, $3, 'CASH', 'SUCCEEDED', 'EUR', $4, $5, $6, $7)`,
        values: [paymentId, ticketId, locationId, PRICE.amount, PRICE.tax, QUOTE, now],
      },
      {
        name: 'transaction',
        text: `insert into payments.ledger_transaction (id, location_id, payment_id, cash_shift_id, occurred_at)
          values ($1, $2, $3, payments.shift_of_cash($2), $4)`,
        values: [transactionId, locationId, paymentId, now],
      },
      {
        name: 'entries',
        text: `insert into payments.entry (transaction_id, location_id, account_id, amount, currency_code)
          select $1, $2, payments.account_id($2, line.kind, 'EUR', line.percent), line.amount, 'EUR'
          from unnest($3::text[], $4::numeric[], $5::bigint[]) line(kind, percent, amount)`,
        values: [
          transactionId,
          locationId,
          ['CASH_DRAWER', 'REVENUE', 'TAX'],
          [null, PRICE.taxPercent, PRICE.taxPercent],
          [PRICE.amount, PRICE.tax - PRICE.amount, -PRICE.tax],
        ],
      },
      { name: 'settle', text: 'select tickets.receive_money($1, $2)', values: [ticketId, now] },
      {
        name: 'event',
        text: `select events.append('payment.succeeded', 'Payment', $1, $2, $3, $4)`,
        values: [paymentId, locationId, now, JSON.stringify(told)],
      },
    ];
  }

  private exit(ticketId: string): Step[] {
    return [
      { name: 'lock', text: 'select ticket_id from tickets.lock_stay($1)', values: [ticketId] },
      { name: 'close', text: 'select tickets.close_stay($1, $2)', values: [ticketId, new Date()] },
    ];
  }

  /** The steps between the two writes that remember the outcome of a keyed command. */
  private keyed(schema: string, steps: Step[]): Step[] {
    const key = randomUUID();
    return [
      {
        name: `${schema} key`,
        text: `insert into ${schema}.idempotency_key (tenant_id, key, input_hash) values ($1, $2, $3)`,
        values: [this.site.tenantId, key, 'x'.repeat(43)],
      },
      ...steps,
      {
        name: `${schema} outcome`,
        text: `update ${schema}.idempotency_key set outcome = $3 where tenant_id = $1 and key = $2`,
        values: [this.site.tenantId, key, OUTCOME],
      },
    ];
  }

  private async commit(pool: pg.Pool, steps: Step[]): Promise<void> {
    const { tenantId, userId } = this.site;
    const client = await pool.connect();
    try {
      const sent = [
        client.query('begin'),
        client.query({
          name: 'scope',
          text: `select set_config('plaza.tenant', $1, true), set_config('plaza.user', $2, true),
            set_config('plaza.actor', $3, true)`,
          values: [tenantId, userId, JSON.stringify({ kind: 'user', id: userId })],
        }),
        ...steps.map((step) => client.query(step)),
        client.query('commit'),
      ];
      const results = await Promise.all(sent);
      if (results.at(-1)!.command !== 'COMMIT') throw new Error('the bare writes were rolled back');
    } finally {
      client.release();
    }
  }
}

/** As long as what Plaza keeps of a quote and of an outcome. */
const QUOTE = JSON.stringify({ total: PRICE.amount, lines: [{ explanation: 'x'.repeat(400) }] });
const OUTCOME = JSON.stringify({ __typename: 'TicketPaid', answer: 'x'.repeat(600) });
