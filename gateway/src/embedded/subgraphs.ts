import type { Component } from '@plaza/platform/database/component';
import { component as events } from '@plaza/platform/events/mikro-orm.config';
import type { Subgraph, SubgraphDeps } from '@plaza/platform/subgraph';
import { component as identity } from '@plaza/identity/database/mikro-orm.config';
import { createIdentitySubgraph } from '@plaza/identity/subgraph';
import { component as partners } from '@plaza/partners/database/mikro-orm.config';
import { createPartnersSubgraph } from '@plaza/partners/subgraph';
import { component as payments } from '@plaza/payments/database/mikro-orm.config';
import { createPaymentsSubgraph } from '@plaza/payments/subgraph';
import { component as spaces } from '@plaza/spaces/database/mikro-orm.config';
import { createSpacesSubgraph } from '@plaza/spaces/subgraph';
import { component as tickets } from '@plaza/tickets/database/mikro-orm.config';
import { createTicketsSubgraph } from '@plaza/tickets/subgraph';

/** Makes one subgraph from what it is given. */
export type CreateSubgraph = (deps: SubgraphDeps) => Promise<Subgraph>;

/** The five subgraphs by their names in the supergraph, those that are called first. */
export const SUBGRAPHS = {
  identity: createIdentitySubgraph,
  spaces: createSpacesSubgraph,
  tickets: createTicketsSubgraph,
  payments: createPaymentsSubgraph,
  partners: createPartnersSubgraph,
} satisfies Record<string, CreateSubgraph>;

export type SubgraphName = keyof typeof SUBGRAPHS;
export const SUBGRAPH_NAMES = Object.keys(SUBGRAPHS) as SubgraphName[];

/** Everything that has tables, in the order in which it is migrated. */
export const COMPONENTS: Component[] = [events, identity, spaces, tickets, payments, partners];
