import {
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  valueFromASTUntyped,
  type ValueNode,
} from 'graphql';

type Variables = Record<string, unknown>;

/** True when each root field of a mutation got an input with an idempotencyKey. Fragments at the root have none. */
export const everyFieldHasKey = ({ selectionSet }: OperationDefinitionNode, variables: Variables): boolean =>
  selectionSet.selections.every((selection) => keyOf(selection, variables) !== undefined);

function keyOf(selection: SelectionNode, variables: Variables): string | undefined {
  if (selection.kind !== Kind.FIELD) return undefined;
  const input = selection.arguments?.find(({ name }) => name.value === 'input')?.value;
  const key = input && keyIn(input, variables);
  return typeof key === 'string' ? key : undefined;
}

function keyIn(input: ValueNode, variables: Variables): unknown {
  const value = valueFromASTUntyped(input, variables) as { idempotencyKey?: unknown } | null;
  return value?.idempotencyKey;
}
