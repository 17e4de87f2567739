import type { Subgraph, SubgraphDeps } from '@plaza/platform/subgraph';
import { createIdentitySubgraph } from '@plaza/identity/subgraph';
import { createPartnersSubgraph } from '@plaza/partners/subgraph';
import { createPaymentsSubgraph } from '@plaza/payments/subgraph';
import { createSpacesSubgraph } from '@plaza/spaces/subgraph';
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

/** The names of the subgraphs. */
export type SubgraphName = keyof typeof SUBGRAPHS;
export const SUBGRAPH_NAMES = Object.keys(SUBGRAPHS) as SubgraphName[];
