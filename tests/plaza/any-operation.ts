import {
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLSchema,
} from 'graphql';

/** An operation on one root field with everything in it that the schema offers. */
export interface AnyOperation {
  field: string;
  query: string;
  variables: Record<string, unknown>;
}

/** Gives a value for an argument or input field by its name; undefined: let its type decide. */
export type ValueOf = (name: string, type: string) => unknown;

const DEPTH = 2;

/** Writes the operation for `field`: all arguments, and the selection of every leaf down to some depth. */
export function operationFor(
  schema: GraphQLSchema,
  kind: 'query' | 'mutation' | 'subscription',
  field: GraphQLField<unknown, unknown>,
  valueOf: ValueOf,
): AnyOperation {
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  return {
    field: field.name,
    query: `${kind} ${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${selection(schema, field.type, DEPTH)} }`,
    variables: Object.fromEntries(field.args.map((argument) => [argument.name, sample(argument, valueOf)])),
  };
}

function sample({ name, type }: GraphQLArgument | GraphQLInputField, valueOf: ValueOf): unknown {
  const wished = valueOf(name, String(getNamedType(type)));
  if (wished !== undefined)
    return isListType(getNullableType(type)) && !Array.isArray(wished) ? [wished] : wished;
  return isNonNullType(type) ? ofType(type.ofType, valueOf) : null;
}

function ofType(type: GraphQLInputType, valueOf: ValueOf): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) return [ofType(inner.ofType, valueOf)];
  if (isInputObjectType(inner)) {
    const fields = Object.values(inner.getFields()).map(
      (field) => [field.name, sample(field, valueOf)] as const,
    );
    return Object.fromEntries(fields.filter(([, value]) => value !== null));
  }
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  switch (inner.name) {
    case 'Int':
      return 1;
    case 'Float':
      return 1.5;
    case 'Boolean':
      return true;
    case 'DateTime':
      return new Date(Date.now() - 3_600_000).toISOString();
    case 'Decimal':
      return '1.00';
    case 'CurrencyCode':
      return 'EUR';
    default:
      return 'sample';
  }
}

// members of a union may use one name for fields of different types: each gets an alias of its own
function selection(schema: GraphQLSchema, type: GraphQLOutputType, depth: number, prefix = ''): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isAbstractType(named)) {
    const members = schema.getPossibleTypes(named);
    return `{ __typename ${members.map((member) => `... on ${member.name} ${selection(schema, member, depth, `${member.name}_`)}`).join(' ')} }`;
  }
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (
      field.args.some(
        ({ type: argument, defaultValue }) => isNonNullType(argument) && defaultValue === undefined,
      )
    ) {
      return [];
    }
    const name = prefix && `${prefix}${field.name}: `;
    if (isLeafType(getNamedType(field.type))) return [name + field.name];
    return depth > 0 ? [`${name}${field.name} ${selection(schema, field.type, depth - 1)}`] : [];
  });
  return `{ __typename ${fields.join(' ')} }`;
}
