import {
  getNullableType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { appliesTo, isIncluded, type Fragments } from './selections.js';
import { leafCheck, type LeafCheck } from './leaf.js';

/** The layout of an answer, worked out once for an operation: which fields in which order, and what may be null. */
export interface ObjectShape {
  typeName: string;
  fields: FieldShape[];
}

export interface FieldShape {
  responseName: string;
  /** `__typename`, `__schema` and `__type` are answered by the gateway itself. */
  source: 'subgraph' | 'typename' | 'introspection';
  value: ValueShape;
  nodes: FieldNode[];
}

/** The layout of one value: a leaf, an object (by its runtime type), or a list of either. */
export interface ValueShape {
  nonNull: boolean;
  list: ValueShape | null;
  leaf: LeafCheck | null;
  /** The layout for a runtime type; without a name, for the declared one. Undefined for an unknown type. */
  objectOf: ((typeName: string | undefined) => ObjectShape | undefined) | null;
}

/** Works out the layout of `operation` for one assignment of its @skip and @include variables. */
export function shapeOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  variables: Record<string, unknown>,
): ObjectShape {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The graph has no ${operation.operation} type.`);
  return objectShape(root, [operation.selectionSet]);

  function objectShape(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): ObjectShape {
    const fields = new Map<string, FieldNode[]>();
    for (const set of sets) collectFields(type, set, fields);
    return {
      typeName: type.name,
      fields: [...fields].map(([responseName, nodes]) => fieldShape(type, responseName, nodes)),
    };
  }

  function collectFields(
    type: GraphQLObjectType,
    set: SelectionSetNode,
    fields: Map<string, FieldNode[]>,
  ): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        const known = fields.get(name);
        if (known) known.push(selection);
        else fields.set(name, [selection]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      if (fragment && appliesTo(schema, fragment.typeCondition?.name.value, type)) {
        collectFields(type, fragment.selectionSet, fields);
      }
    }
  }

  function fieldShape(type: GraphQLObjectType, responseName: string, nodes: FieldNode[]): FieldShape {
    const name = nodes[0]?.name.value ?? '';
    const field: GraphQLField<unknown, unknown> | undefined = type.getFields()[name];
    if (!field) {
      const value: ValueShape = { nonNull: name !== '__type', list: null, leaf: null, objectOf: null };
      return { responseName, source: name === '__typename' ? 'typename' : 'introspection', value, nodes };
    }
    const sets = nodes.flatMap((node) => node.selectionSet ?? []);
    return { responseName, source: 'subgraph', value: valueShape(field.type, sets), nodes };
  }

  function valueShape(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): ValueShape {
    const nonNull = isNonNullType(type);
    const inner = getNullableType(type);
    if (isListType(inner))
      return { nonNull, list: valueShape(inner.ofType, sets), leaf: null, objectOf: null };
    if (!isCompositeType(inner)) return { nonNull, list: null, leaf: leafCheck(inner), objectOf: null };
    return { nonNull, list: null, leaf: null, objectOf: shapesByType(inner, sets) };
  }

  // filled as runtime types are met: most members of a union never are
  function shapesByType(declared: GraphQLNamedType, sets: readonly SelectionSetNode[]) {
    const shapes = new Map<string, ObjectShape>();
    return (typeName: string | undefined): ObjectShape | undefined => {
      const name = typeName ?? declared.name;
      const known = shapes.get(name);
      if (known) return known;
      const type = schema.getType(name);
      if (!isObjectType(type)) return undefined;
      const shape = objectShape(type, sets);
      shapes.set(name, shape);
      return shape;
    };
  }
}
