import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/**
 * A subscription selects one root field, and none of introspection. In the place of graphql-js's own rule, which throws
 * for a root field with `@include(if: $variable)`, because it looks for the variable's value before there is one.
 */
export function singleRootFieldRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return;
      const fields = rootFields(operation.selectionSet, context);
      const names = new Set(fields.map(({ alias, name }) => (alias ?? name).value));
      if (names.size > 1) {
        const message = 'A subscription selects one root field.';
        context.reportError(new GraphQLError(message, { nodes: fields.slice(1) }));
      }
      const introspection = fields.filter(({ name }) => name.value.startsWith('__'));
      if (introspection.length > 0) {
        const message = 'The root field of a subscription is not one of introspection.';
        context.reportError(new GraphQLError(message, { nodes: introspection }));
      }
    },
  };
}

function rootFields(
  selectionSet: SelectionSetNode,
  context: ValidationContext,
  seen = new Set<string>(),
): FieldNode[] {
  return selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, context, seen);
    const name = selection.name.value;
    if (seen.has(name)) return [];
    seen.add(name);
    const fragment = context.getFragment(name);
    return fragment ? rootFields(fragment.selectionSet, context, seen) : [];
  });
}

const CONDITIONS = new Set(['skip', 'include']);

/**
 * The definition without @skip and @include on the root field, which the planner can't plan for a subscription. Whether
 * the field is there, given the variables, is looked at before anything is followed.
 */
export function withoutRootConditions<Definition extends OperationDefinitionNode | FragmentDefinitionNode>(
  definition: Definition,
  subscriptionType: string,
): Definition {
  const ofRoot =
    definition.kind === Kind.OPERATION_DEFINITION || definition.typeCondition.name.value === subscriptionType;
  return ofRoot ? { ...definition, selectionSet: unconditional(definition.selectionSet) } : definition;
}

const unconditional = (selectionSet: SelectionSetNode): SelectionSetNode => ({
  ...selectionSet,
  selections: selectionSet.selections.map((selection) => {
    const directives = (selection.directives ?? []).filter(({ name }) => !CONDITIONS.has(name.value));
    return selection.kind === Kind.INLINE_FRAGMENT
      ? { ...selection, directives, selectionSet: unconditional(selection.selectionSet) }
      : { ...selection, directives };
  }),
});
