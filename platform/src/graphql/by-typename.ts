/** Tells the members of a result union apart: every outcome of a story carries its GraphQL name. */
export const byTypename = (outcome: unknown): string => (outcome as { __typename: string }).__typename;
