import type { Viewer } from '@plaza/platform/viewer';
import {
  getNamedType,
  isListType,
  getNullableType,
  Kind,
  type FieldNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Fragments } from '../execution/selections.js';
import { isFulfilled, type Requirement, type Requirements } from './requirements.js';
import { unauthorizedField } from './unauthorized.js';

/** What is left of an operation for one viewer. */
export interface Permitted {
  /** The operation without the fields that the viewer may not see, fragments written out; null when nothing is left. */
  operation: OperationDefinitionNode | null;
  /** One for each field that was taken out. */
  errors: GraphQLError[];
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Every different requirement that an operation touches. */
export function requirementsOf(
  schema: GraphQLSchema,
  requirements: Requirements,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): Requirement[] {
  const found = new Set<Requirement>();
  permit(
    schema,
    operation,
    fragments,
    (needed) => {
      for (const requirement of needed) found.add(requirement);
      return null;
    },
    requirements,
  );
  return [...found];
}

/** Takes out of the operation what `viewer` may not see. */
export function permitFor(
  viewer: Viewer | null,
  schema: GraphQLSchema,
  requirements: Requirements,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): Permitted {
  const refuse: Refusal = (needed, path) => {
    const missing = needed.filter((requirement) => !isFulfilled(requirement, viewer));
    return missing.length > 0 ? unauthorizedField(path, missing, viewer) : null;
  };
  return permit(schema, operation, fragments, refuse, requirements);
}

type Path = readonly string[];
type Refusal = (needed: readonly Requirement[], path: Path) => GraphQLError | null;

function permit(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  refuse: Refusal,
  requirements: Requirements,
): Permitted {
  const errors: GraphQLError[] = [];
  const rootType = schema.getRootType(operation.operation)?.name ?? '';
  const selections = filter(operation.selectionSet, rootType, []);
  return {
    operation:
      selections.length > 0 ? { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } } : null,
    errors,
  };

  function filter(set: SelectionSetNode, typeName: string, path: Path): SelectionNode[] {
    return set.selections.flatMap((selection): SelectionNode | SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return filterField(selection, typeName, path);
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      if (!fragment) return [];
      const condition = fragment.typeCondition?.name.value ?? typeName;
      if (condition !== typeName && isRefused(requirements.ofType(condition), path)) return [];
      const inner = filter(fragment.selectionSet, condition, path);
      if (inner.length === 0) return [];
      return {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: condition } },
        directives: selection.directives ?? [],
        selectionSet: { kind: Kind.SELECTION_SET, selections: inner },
      };
    });
  }

  function filterField(node: FieldNode, typeName: string, path: Path): FieldNode[] {
    const name = node.name.value;
    const here = [...path, node.alias?.value ?? name];
    if (isRefused(requirements.ofField(typeName, name), here)) return [];
    const field = fieldOf(schema, typeName, name);
    if (!node.selectionSet || !field) return [node];
    const selections = filter(node.selectionSet, getNamedType(field.type).name, [
      ...here,
      ...lists(field.type),
    ]);
    // the object itself may be seen: its refused fields are null inside it
    if (selections.length === 0) selections.push(TYPENAME);
    return [{ ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } }];
  }

  function isRefused(needed: readonly Requirement[], path: Path): boolean {
    const error = needed.length > 0 ? refuse(needed, path) : null;
    if (error) errors.push(error);
    return error !== null;
  }
}

function fieldOf(
  schema: GraphQLSchema,
  typeName: string,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  const type = schema.getType(typeName);
  return type && 'getFields' in type ? (type.getFields()[name] as GraphQLField<unknown, unknown>) : undefined;
}

function lists(type: GraphQLOutputType): string[] {
  const nullable = getNullableType(type);
  return isListType(nullable) ? ['@', ...lists(nullable.ofType)] : [];
}
