import 'reflect-metadata';
import type { EventReference } from '@plaza/platform/graphql/event-envelope';
import { buildSubgraph } from '@plaza/platform/graphql/build-subgraph';
import { type RequestContext, requestContext } from '@plaza/platform/graphql/context';
import type { Subgraph, SubgraphDeps } from '@plaza/platform/subgraph';
import { type PaymentSettings, readPaymentSettings } from './config.js';
import { ReceiptLinks } from './documents/receipt-links.js';
import { CashLoaders } from './graphql/cash-loaders.js';
import { CashShiftMutation } from './graphql/cash-shift.mutation.js';
import { CashDrawerResolver, CashShiftQuery } from './graphql/cash-shift.query.js';
import { CashShiftResolver } from './graphql/cash-shift.resolver.js';
import { ExchangeTariffResolver } from './graphql/exchange-tariff.resolver.js';
import { LocationMetrics } from './graphql/entities.type.js';
import { LocationMetricsResolver } from './graphql/location-metrics.resolver.js';
import { MerchantLoaders } from './graphql/merchant-loaders.js';
import { MerchantPaymentMutation } from './graphql/merchant-payment.mutation.js';
import { MerchantPaymentResolver, PaymentsOfMerchantResolver } from './graphql/merchant-payment.resolver.js';
import { MerchantMutation } from './graphql/merchant.mutation.js';
import {
  MerchantResolver,
  MerchantsOfLocationResolver,
  ValidationResolver,
  ValidationsOfTicketResolver,
} from './graphql/merchant.resolver.js';
import { ValidateTicketMutation } from './graphql/validate-ticket.mutation.js';
import { LocationResolver } from './graphql/location.resolver.js';
import { PaymentsLoaders } from './graphql/loaders.js';
import { CancelPaymentMutation } from './graphql/cancel-payment.mutation.js';
import { ConfirmPaymentMutation } from './graphql/confirm-payment.mutation.js';
import { PayTicketMutation } from './graphql/pay-ticket.mutation.js';
import {
  AmountExceedsDueResolver,
  NotEnoughCashResolver,
  TicketPaidResolver,
  TicketPartlyPaidResolver,
} from './graphql/pay-ticket.resolver.js';
import {
  PaymentReceived,
  paymentReceived,
  PaymentReceivedSubscription,
} from './graphql/payment-received.subscription.js';
import { PaymentResolver, RefundResolver } from './graphql/payment.resolver.js';
import { PermitMutation } from './graphql/permit.mutation.js';
import { PermitResolver, PermitsOfLocationResolver } from './graphql/permit.resolver.js';
import { PreviewQuoteQuery } from './graphql/preview-quote.query.js';
import { PublishTariffMutation } from './graphql/publish-tariff.mutation.js';
import { QuoteLineResolver, QuoteResolver } from './graphql/quote.resolver.js';
import { ReceiptTaxResolver } from './graphql/receipt-tax.resolver.js';
import { ReceiptQuery } from './graphql/receipt.query.js';
import { ReceiptResolver } from './graphql/receipt.resolver.js';
import { RecordExitMutation } from './graphql/record-exit.mutation.js';
import { RefundPolicyQuery, RefundPolicyResolver } from './graphql/refund-policy.query.js';
import { RefundExceedsPaymentResolver, RefundPaymentMutation } from './graphql/refund-payment.mutation.js';
import { SetRefundPolicyMutation } from './graphql/set-refund-policy.mutation.js';
import { RepriceReportResolver } from './graphql/reprice-report.resolver.js';
import { RetireTariffMutation } from './graphql/retire-tariff.mutation.js';
import { RevenueOfLocationResolver, RevenueQuery } from './graphql/revenue.query.js';
import { RevenueGroupResolver, RevenueReportResolver } from './graphql/revenue.resolver.js';
import { TariffResolver } from './graphql/tariff.resolver.js';
import { TicketItemMutation } from './graphql/ticket-item.mutation.js';
import { ItemsOfTicketResolver, TicketItemResolver } from './graphql/ticket-item.resolver.js';
import { TicketResolver } from './graphql/ticket.resolver.js';
import { serveNotices } from './http/notices-route.js';
import { serveReceipts } from './http/receipt-route.js';
import { CashProvider } from './providers/cash/cash.provider.js';
import { SandboxBank } from './providers/sandbox/sandbox-bank.js';
import { sandboxKey } from './providers/sandbox/sandbox-signature.js';
import { SandboxProvider } from './providers/sandbox/sandbox.provider.js';
import { Recurring } from './recurring.js';
import type { PaymentsDeps } from './use-cases/context.js';
import { forgetNotices } from './use-cases/forget-notices.js';
import { reckonReports } from './use-cases/reckon-reports.js';
import { receiveNotice } from './use-cases/receive-notice.js';
import { recoverPayments } from './use-cases/recover-payments.js';

/**
 * Wires payments: tariffs, quotes, payments, exits, the ledger. Touches no database until it is asked something. Throws
 * SettingsError when the environment has a wrong setting.
 */
export async function createPaymentsSubgraph(
  { database, clock, logger, secrets }: SubgraphDeps,
  settings: PaymentSettings = readPaymentSettings(),
): Promise<Subgraph> {
  const key = sandboxKey(secrets);
  const sandbox = new SandboxProvider(database, {
    key,
    methods: settings.sandbox ? ['CARD', 'DIGITAL'] : [],
  });
  const deps: PaymentsDeps = { database, clock, logger, providers: [new CashProvider(), sandbox] };
  const load = new PaymentsLoaders(deps);
  const cash = new CashLoaders(deps);
  const merchants = new MerchantLoaders(deps);
  const receiptLinks = new ReceiptLinks(secrets, clock, settings.publicUrl);
  const { schema, sdl } = await buildSubgraph({
    resolvers: [
      new TicketResolver(deps, load),
      new LocationResolver(deps, load),
      new LocationMetricsResolver(load),
      new ExchangeTariffResolver(deps),
      new TariffResolver(),
      new QuoteResolver(load),
      new QuoteLineResolver(),
      new PaymentResolver(load),
      new RefundResolver(),
      new ReceiptResolver(load, receiptLinks),
      new ReceiptTaxResolver(),
      new ReceiptQuery(load),
      new CashShiftResolver(cash),
      new CashDrawerResolver(deps, cash),
      new CashShiftQuery(cash),
      new CashShiftMutation(deps),
      new MerchantResolver(merchants),
      new ValidationResolver(merchants),
      new MerchantsOfLocationResolver(merchants),
      new ValidationsOfTicketResolver(merchants),
      new MerchantMutation(deps),
      new MerchantPaymentMutation(deps),
      new MerchantPaymentResolver(merchants),
      new PaymentsOfMerchantResolver(deps),
      new ValidateTicketMutation(deps),
      new ItemsOfTicketResolver(deps),
      new TicketItemResolver(),
      new TicketItemMutation(deps),
      new PermitsOfLocationResolver(deps),
      new PermitResolver(),
      new PermitMutation(deps),
      new RevenueReportResolver(),
      new RevenueGroupResolver(load),
      new RevenueOfLocationResolver(load),
      new RevenueQuery(deps),
      new PreviewQuoteQuery(deps),
      new PublishTariffMutation(deps),
      new RetireTariffMutation(deps),
      new RepriceReportResolver(deps),
      new PayTicketMutation(deps),
      new TicketPaidResolver(load),
      new TicketPartlyPaidResolver(load),
      new AmountExceedsDueResolver(),
      new NotEnoughCashResolver(),
      new ConfirmPaymentMutation(deps),
      new CancelPaymentMutation(deps),
      new RecordExitMutation(deps),
      new RefundPaymentMutation(deps),
      new RefundExceedsPaymentResolver(),
      new RefundPolicyQuery(deps),
      new RefundPolicyResolver(),
      new SetRefundPolicyMutation(deps),
      new PaymentReceivedSubscription(),
    ],
    orphanedTypes: [PaymentReceived, LocationMetrics],
    references: {
      Ticket: ({ id }: { id: string }) => ({ id }),
      Location: ({ id }: { id: string }) => ({ id }),
      LocationMetrics: ({ id }: { id: string }) => ({ id }),
      Payment: ({ id }: { id: string }, context: RequestContext) => load.payment(context, id),
      Merchant: ({ id }: { id: string }, context: RequestContext) => merchants.merchant(context, id),
      CashShift: ({ id }: { id: string }, context: RequestContext) => cash.shift(context, id),
      PaymentReceived: (event: EventReference, context: RequestContext) =>
        paymentReceived(load, event, context),
    },
  });
  const bank = new SandboxBank(database, key, (notice) => receiveNotice(deps, sandbox, notice));
  const stopping = new AbortController();
  const background = [
    new Recurring({
      every: 3_600_000,
      pass: () => forgetNotices(deps, settings.noticeRetentionDays),
      logger,
      done: 'notices of providers were forgotten',
    }),
    new Recurring({
      every: 10_000,
      pass: () => recoverPayments(deps),
      logger,
      done: 'abandoned payments were finished',
    }),
    new Recurring({
      every: 1_000,
      pass: () => reckonReports(deps, stopping.signal),
      logger,
      done: 'reports of another tariff were finished',
    }),
  ];
  if (settings.sandbox) {
    background.push(
      new Recurring({ every: 1_000, pass: () => bank.act(), logger, done: 'the sandbox told its notices' }),
    );
  }
  return {
    name: 'payments',
    schema,
    sdl,
    context: requestContext,
    routes: (server) => {
      serveReceipts(server, database, receiptLinks);
      serveNotices(server, deps);
    },
    forgettable: ['payments.idempotency_key'],
    start: async () => background.forEach((work) => work.start()),
    close: async () => {
      stopping.abort();
      await Promise.all(background.map((work) => work.stop()));
    },
  };
}
