import {
  isAbstractType,
  Kind,
  type ConstValueNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
} from 'graphql';

/** A document's fragments by name. */
export type Fragments = Record<string, FragmentDefinitionNode>;

/** False when @skip or @include leaves the selection out, given the variables. */
export function isIncluded(selection: SelectionNode, variables: Record<string, unknown>): boolean {
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    if (isTrue(directive.arguments?.[0]?.value, variables) === (name === 'skip')) return false;
  }
  return true;
}

const isTrue = (
  value: ValueNode | ConstValueNode | undefined,
  variables: Record<string, unknown>,
): boolean =>
  value?.kind === Kind.VARIABLE
    ? variables[value.name.value] === true
    : value?.kind === Kind.BOOLEAN && value.value;

/** True when a fragment on `condition` is about objects of `type`. */
export function appliesTo(
  schema: GraphQLSchema,
  condition: string | undefined,
  type: GraphQLObjectType,
): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && schema.isSubType(wanted, type);
}

/** The variables on which @skip and @include of the document depend, in a fixed order. */
export function switchesOf(operation: OperationDefinitionNode, fragments: Fragments): string[] {
  const switches = new Set<string>();
  const look = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      for (const directive of selection.directives ?? []) {
        const value = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
        if (value?.kind === Kind.VARIABLE) switches.add(value.name.value);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet)
        look(selection.selectionSet.selections);
    }
  };
  look(operation.selectionSet.selections);
  for (const fragment of Object.values(fragments)) look(fragment.selectionSet.selections);
  return [...switches].sort();
}
