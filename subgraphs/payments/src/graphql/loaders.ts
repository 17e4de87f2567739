import { byId, loader, type RequestContext } from '@plaza/platform/graphql/context';
import { isId } from '@plaza/platform/ids';
import { requireViewer } from '@plaza/platform/viewer';
import type { DisputeRow } from '../database/dispute.entity.js';
import { readDisputesOfPayments } from '../database/dispute.queries.js';
import type { PaymentRow } from '../database/payment.entity.js';
import { readPayments, readPaymentsOfTickets } from '../database/payment.queries.js';
import type { ReceiptRow } from '../database/receipt.entity.js';
import { readReceipts, readReceiptsOfPayments, readReceiptsOfTickets } from '../database/receipt.queries.js';
import type { RefundRow } from '../database/refund.entity.js';
import { readRefundsOfPayments } from '../database/refund.queries.js';
import {
  type DayRevenue,
  readDayRevenues,
  readRevenues,
  type RevenueOf,
  type RevenueRow,
} from '../database/revenue.queries.js';
import { readStayAccounts, type StayAccount } from '../database/stay-account.queries.js';
import type { TariffVersionRow } from '../database/tariff-version.entity.js';
import {
  readVersions,
  readVersionsInForce,
  readVersionPages,
  type TariffAt,
  type VersionPage,
} from '../database/tariff.queries.js';
import type { PaymentsDeps } from '../use-cases/context.js';

const STAYS = Symbol('stay accounts by ticket');
const PAYMENTS = Symbol('payments');
const PAYMENTS_OF_TICKETS = Symbol('payments by ticket');
const REFUNDS = Symbol('refunds by payment');
const DISPUTES = Symbol('disputes by payment');
const RECEIPTS = Symbol('receipts');
const RECEIPTS_OF_TICKETS = Symbol('receipts by ticket');
const RECEIPTS_OF_PAYMENTS = Symbol('receipts by payment');
const VERSIONS = Symbol('tariff versions');
const VERSIONS_OF_LOCATIONS = Symbol('tariff versions by location');
const IN_FORCE = Symbol('tariff versions in force');
const REVENUE_TODAY = Symbol('revenue of the day by location');
const REVENUE = Symbol('revenue by location and period');

/** What is read in batches: one statement for all tickets, payments or locations of an answer, in the viewer's name. */
export class PaymentsLoaders {
  constructor(private readonly deps: PaymentsDeps) {}

  /** The account of a ticket's stay; null where the viewer sees no such ticket. */
  stay(context: RequestContext, ticketId: string): Promise<StayAccount | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, StayAccount>(context, STAYS, async (ids) => {
      const stays = await this.deps.database.read(viewer, (tx) => readStayAccounts(tx, ids.filter(isId)));
      return new Map(stays.map((stay) => [stay.ticketId, stay]));
    }).load(ticketId.toLowerCase());
  }

  payment(context: RequestContext, id: string): Promise<PaymentRow | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, PaymentRow>(context, PAYMENTS, async (ids) =>
      byId(await this.deps.database.read(viewer, (tx) => readPayments(tx, ids.filter(isId)))),
    ).load(id.toLowerCase());
  }

  async paymentsOfTicket(context: RequestContext, ticketId: string): Promise<PaymentRow[]> {
    const viewer = requireViewer(context.viewer);
    const payments = loader<string, PaymentRow[]>(context, PAYMENTS_OF_TICKETS, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => readPaymentsOfTickets(tx, ids.filter(isId)));
      return Map.groupBy(rows, (row) => row.ticketId);
    });
    return (await payments.load(ticketId.toLowerCase())) ?? [];
  }

  async refundsOfPayment(context: RequestContext, paymentId: string): Promise<RefundRow[]> {
    const viewer = requireViewer(context.viewer);
    const refunds = loader<string, RefundRow[]>(context, REFUNDS, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => readRefundsOfPayments(tx, ids));
      return Map.groupBy(rows, (row) => row.paymentId);
    });
    return (await refunds.load(paymentId)) ?? [];
  }

  async disputesOfPayment(context: RequestContext, paymentId: string): Promise<DisputeRow[]> {
    const viewer = requireViewer(context.viewer);
    const disputes = loader<string, DisputeRow[]>(context, DISPUTES, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => readDisputesOfPayments(tx, ids));
      return Map.groupBy(rows, (row) => row.paymentId);
    });
    return (await disputes.load(paymentId)) ?? [];
  }

  receipt(context: RequestContext, id: string): Promise<ReceiptRow | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, ReceiptRow>(context, RECEIPTS, async (ids) =>
      byId(await this.deps.database.read(viewer, (tx) => readReceipts(tx, ids.filter(isId)))),
    ).load(id.toLowerCase());
  }

  /** The latest receipt of a ticket. */
  receiptOfTicket(context: RequestContext, ticketId: string): Promise<ReceiptRow | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, ReceiptRow>(context, RECEIPTS_OF_TICKETS, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => readReceiptsOfTickets(tx, ids.filter(isId)));
      return new Map(rows.map((row) => [row.ticketId, row]));
    }).load(ticketId.toLowerCase());
  }

  receiptOfPayment(context: RequestContext, paymentId: string): Promise<ReceiptRow | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, ReceiptRow>(context, RECEIPTS_OF_PAYMENTS, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => readReceiptsOfPayments(tx, ids));
      return new Map(rows.map((row) => [row.paymentId, row]));
    }).load(paymentId);
  }

  tariffVersion(context: RequestContext, id: string): Promise<TariffVersionRow | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, TariffVersionRow>(context, VERSIONS, async (ids) =>
      byId(await this.deps.database.read(viewer, (tx) => readVersions(tx, ids))),
    ).load(id);
  }

  /** The version in force at a location at an instant; null where parking is free. */
  tariffInForce(context: RequestContext, locationId: string, at: Date): Promise<TariffVersionRow | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, TariffVersionRow>(context, IN_FORCE, async (keys) => {
      const asked = keys.map((key) => JSON.parse(key) as TariffAt);
      const found = await this.deps.database.read(viewer, (tx) => readVersionsInForce(tx, asked));
      return new Map(found.flatMap((version, index) => (version ? [[keys[index]!, version]] : [])));
    }).load(JSON.stringify({ locationId, at } satisfies TariffAt));
  }

  /** A page of the versions of a location's tariff, those to come among them; the one that begins last first. */
  async tariffVersions(context: RequestContext, page: VersionPage): Promise<TariffVersionRow[]> {
    const viewer = requireViewer(context.viewer);
    const versions = loader<string, TariffVersionRow[]>(context, VERSIONS_OF_LOCATIONS, async (keys) => {
      const asked = keys.map((key) => JSON.parse(key) as VersionPage);
      const pages = await this.deps.database.read(viewer, (tx) => readVersionPages(tx, asked));
      return new Map(pages.map((versions, index) => [keys[index]!, versions]));
    });
    return (await versions.load(JSON.stringify(page))) ?? [];
  }

  /** What a location earned today; null where the viewer sees no such location. */
  revenueToday(context: RequestContext, locationId: string): Promise<DayRevenue | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, DayRevenue>(context, REVENUE_TODAY, async (ids) => {
      const at = this.deps.clock.now();
      const rows = await this.deps.database.read(viewer, (tx) => readDayRevenues(tx, ids.filter(isId), at));
      return new Map(rows.map((row) => [row.locationId, row]));
    }).load(locationId.toLowerCase());
  }

  /** What a location earned; null where the viewer sees no such location. */
  revenue(context: RequestContext, asked: RevenueOf): Promise<RevenueRow[] | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, RevenueRow[]>(context, REVENUE, async (keys) => {
      const questions = keys.map((key) => JSON.parse(key) as RevenueOf);
      const found = await this.deps.database.read(viewer, (tx) => readRevenues(tx, questions));
      return new Map(found.flatMap((rows, index) => (rows ? [[keys[index]!, rows]] : [])));
    }).load(JSON.stringify(asked));
  }
}
