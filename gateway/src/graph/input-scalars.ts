import { CurrencyCode, DateTime, Decimal } from '@plaza/platform/graphql/scalars';
import {
  GraphQLError,
  GraphQLScalarType,
  isScalarType,
  valueFromASTUntyped,
  type GraphQLSchema,
} from 'graphql';

/**
 * Has the schema's scalars refuse here what their subgraphs would refuse, before anything is fetched. What passes stays
 * as it was written: it travels on to a subgraph, which reads it.
 */
export function checkInputScalars(schema: GraphQLSchema): void {
  for (const scalar of [CurrencyCode, DateTime, Decimal]) {
    const type = schema.getType(scalar.name);
    if (isScalarType(type)) Object.assign(type, checking(scalar));
  }
}

const checking = (scalar: GraphQLScalarType): Pick<GraphQLScalarType, 'parseValue' | 'parseLiteral'> => ({
  parseValue: (value) => {
    scalar.parseValue(value);
    return value;
  },
  parseLiteral: (node, variables) => {
    try {
      scalar.parseLiteral(node, variables);
    } catch (error) {
      const { message, extensions } = error as GraphQLError;
      // the rule that validates literals does not say where it found what was refused
      throw new GraphQLError(message, { nodes: node, extensions });
    }
    return valueFromASTUntyped(node, variables);
  },
});
