import 'reflect-metadata';
import type { EventReference } from '@plaza/platform/graphql/event-envelope';
import { buildSubgraph } from '@plaza/platform/graphql/build-subgraph';
import { type RequestContext, requestContext } from '@plaza/platform/graphql/context';
import type { Subgraph, SubgraphDeps } from '@plaza/platform/subgraph';
import { type PaymentSettings, readPaymentSettings } from './config.js';
import { LocationMetrics } from './graphql/entities.type.js';
import { LocationMetricsResolver } from './graphql/location-metrics.resolver.js';
import { LocationResolver } from './graphql/location.resolver.js';
import { PaymentsLoaders } from './graphql/loaders.js';
import { PayTicketMutation, TicketPaidResolver } from './graphql/pay-ticket.mutation.js';
import {
  PaymentReceived,
  paymentReceived,
  PaymentReceivedSubscription,
} from './graphql/payment-received.subscription.js';
import { PaymentResolver, RefundResolver } from './graphql/payment.resolver.js';
import { PreviewQuoteQuery } from './graphql/preview-quote.query.js';
import { PublishTariffMutation } from './graphql/publish-tariff.mutation.js';
import { QuoteLineResolver, QuoteResolver } from './graphql/quote.resolver.js';
import { ReceiptResolver } from './graphql/receipt.resolver.js';
import { RecordExitMutation } from './graphql/record-exit.mutation.js';
import { RefundExceedsPaymentResolver, RefundPaymentMutation } from './graphql/refund-payment.mutation.js';
import { RevenueGroupResolver, RevenueReportResolver } from './graphql/revenue.resolver.js';
import { TariffResolver } from './graphql/tariff.resolver.js';
import { TicketResolver } from './graphql/ticket.resolver.js';
import { SandboxProvider } from './providers/sandbox/sandbox.provider.js';
import { PaymentRecovery } from './recovery.js';
import type { PaymentsDeps } from './use-cases/context.js';

/**
 * Wires payments: tariffs, quotes, payments, exits, the ledger. Touches no database until it is asked something. Throws
 * SettingsError when the environment has a wrong setting.
 */
export async function createPaymentsSubgraph(
  { database, clock, logger }: SubgraphDeps,
  settings: PaymentSettings = readPaymentSettings(),
): Promise<Subgraph> {
  const sandbox = new SandboxProvider(database, settings.sandbox ? ['CARD', 'DIGITAL'] : []);
  const deps: PaymentsDeps = { database, clock, logger, providers: [sandbox] };
  const load = new PaymentsLoaders(deps);
  const { schema, sdl } = await buildSubgraph({
    resolvers: [
      new TicketResolver(deps, load),
      new LocationResolver(deps, load),
      new LocationMetricsResolver(load),
      new TariffResolver(),
      new QuoteResolver(load),
      new QuoteLineResolver(),
      new PaymentResolver(load),
      new RefundResolver(),
      new ReceiptResolver(load),
      new RevenueReportResolver(),
      new RevenueGroupResolver(),
      new PreviewQuoteQuery(deps),
      new PublishTariffMutation(deps),
      new PayTicketMutation(deps),
      new TicketPaidResolver(load),
      new RecordExitMutation(deps),
      new RefundPaymentMutation(deps),
      new RefundExceedsPaymentResolver(),
      new PaymentReceivedSubscription(),
    ],
    orphanedTypes: [PaymentReceived, LocationMetrics],
    references: {
      Ticket: ({ id }: { id: string }) => ({ id }),
      Location: ({ id }: { id: string }) => ({ id }),
      LocationMetrics: ({ id }: { id: string }) => ({ id }),
      Payment: ({ id }: { id: string }, context: RequestContext) => load.payment(context, id),
      PaymentReceived: (event: EventReference, context: RequestContext) =>
        paymentReceived(load, event, context),
    },
  });
  const recovery = new PaymentRecovery(deps);
  return {
    name: 'payments',
    schema,
    sdl,
    context: requestContext,
    forgettable: ['payments.idempotency_key'],
    start: () => recovery.start(),
    close: () => recovery.stop(),
  };
}
