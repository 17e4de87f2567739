import type { RequestContext } from '@plaza/platform/graphql/context';
import type { PartnersContext } from '../use-cases/partners-context.js';

/** What a story is told with, for one request. */
export type StoryContext = (context: RequestContext) => PartnersContext;

/** Tells the members of a result union apart: every outcome of a story carries its GraphQL name. */
export const byTypename = (outcome: unknown): string => (outcome as { __typename: string }).__typename;
