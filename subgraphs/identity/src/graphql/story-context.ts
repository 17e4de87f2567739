import type { RequestContext } from '@plaza/platform/graphql/context';
import type { IdentityContext } from '../use-cases/identity-context.js';

/** What a story is told with, for one request. */
export type StoryContext = (context: RequestContext) => IdentityContext;
