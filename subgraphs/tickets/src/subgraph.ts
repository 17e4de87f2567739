import 'reflect-metadata';
import { buildSubgraph } from '@plaza/platform/graphql/build-subgraph';
import { type RequestContext, requestContext } from '@plaza/platform/graphql/context';
import type { EventReference } from '@plaza/platform/graphql/event-envelope';
import type { Subgraph, SubgraphDeps } from '@plaza/platform/subgraph';
import { TicketsLoaders } from './graphql/loaders.js';
import { LocationMetricsResolver } from './graphql/location-metrics.resolver.js';
import { LocationMetricsType } from './graphql/location-metrics.type.js';
import { RecordEntryMutation } from './graphql/record-entry.mutation.js';
import { RegisterCustomerMutation } from './graphql/register-customer.mutation.js';
import { ReportLostTicketMutation } from './graphql/report-lost-ticket.mutation.js';
import { TicketResolver } from './graphql/ticket.resolver.js';
import { TicketChangedType } from './graphql/ticket.type.js';
import { CustomerResolver, VehicleResolver } from './graphql/vehicle.resolver.js';
import { VoidTicketMutation } from './graphql/void-ticket.mutation.js';

interface ById {
  id: string;
}

/** Stays: vehicles that enter, their tickets, and the customers whose they are. */
export async function createTicketsSubgraph({ database, clock }: SubgraphDeps): Promise<Subgraph> {
  const deps = { database, clock };
  const load = new TicketsLoaders(deps);
  const { schema, sdl } = await buildSubgraph({
    resolvers: [
      new TicketResolver(deps, load),
      new VehicleResolver(deps, load),
      new CustomerResolver(load),
      new LocationMetricsResolver(load),
      new RecordEntryMutation(deps),
      new VoidTicketMutation(deps),
      new ReportLostTicketMutation(deps),
      new RegisterCustomerMutation(deps),
    ],
    orphanedTypes: [TicketChangedType, LocationMetricsType],
    references: {
      Ticket: ({ id }: ById, context: RequestContext) => load.ticket(context, id),
      Vehicle: ({ id }: ById, context: RequestContext) => load.vehicle(context, id),
      LocationMetrics: ({ id }: ById) => ({ id }),
      Customer: ({ id }: ById, context: RequestContext) => load.customer(context, id),
      TicketChanged: async ({ subjectId, ...envelope }: EventReference, context: RequestContext) => ({
        ...envelope,
        ticket: await load.ticket(context, subjectId),
      }),
    },
  });
  return { name: 'tickets', schema, sdl, context: requestContext, forgettable: ['tickets.idempotency_key'] };
}
