import type { Viewer } from '@plaza/platform/viewer';
import { GraphQLError } from 'graphql';
import type { Requirement } from './requirements.js';

/**
 * The error for a field that the viewer may not see, the one place that chooses its words.
 *
 * `extensions.code` is what Plaza's clients act on (UNAUTHENTICATED: sign in; FORBIDDEN: ask for a scope);
 * `extensions.reason` is the word of the federation routers. In `path`, '@' stands for each element of a list, as there.
 */
export function unauthorizedField(
  path: readonly (string | number)[],
  requirements: readonly Requirement[],
  viewer: Viewer | null,
): GraphQLError {
  const requiredScopes = [
    ...new Set(requirements.flatMap(({ scopes }) => scopes.flatMap((choices) => choices[0] ?? []))),
  ];
  const code = viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED';
  const message = viewer
    ? requiredScopes.length > 0
      ? `This needs the scope ${requiredScopes.join(' and ')}.`
      : 'This is not allowed.'
    : 'Sign in first, or send an API key.';
  return new GraphQLError(message, {
    path,
    extensions: {
      code,
      reason: 'UNAUTHORIZED_FIELD_OR_TYPE',
      ...(requiredScopes.length > 0 ? { requiredScopes } : {}),
    },
  });
}
