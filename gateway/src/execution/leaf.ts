import { isEnumType, type GraphQLLeafType } from 'graphql';

/** Tells whether a value from a subgraph may stand in the answer. */
export type LeafCheck = (value: unknown) => boolean;

const CHECKS: Record<string, LeafCheck> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string' || typeof value === 'number',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value),
  Float: (value) => typeof value === 'number',
};

const anything: LeafCheck = () => true;

/** The check of a scalar or enum. An enum value that the graph keeps to itself does not pass; our own scalars are checked by their owners. */
export function leafCheck(type: GraphQLLeafType): LeafCheck {
  if (!isEnumType(type)) return CHECKS[type.name] ?? anything;
  const values = new Set<unknown>(type.getValues().map(({ name }) => name));
  return (value) => values.has(value);
}
