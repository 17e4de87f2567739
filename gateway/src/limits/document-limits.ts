import { PlazaError } from '@plaza/platform/errors';
import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** How big an operation may be. Checked once for a document, before it is validated or planned. */
export const DOCUMENT_LIMITS = {
  /** Tokens of the text; the parser stops there. */
  tokens: 5000,
  /** Fields inside fields; GraphiQL's introspection needs 15. */
  depth: 20,
  /** Fields after every fragment is written out in its place. */
  fields: 2000,
  aliases: 100,
  /** Root fields of a query. */
  rootFields: 30,
  /** Root fields of a mutation: they run one after the other. */
  rootMutations: 10,
} as const;

interface Size {
  depth: number;
  fields: number;
  aliases: number;
  rootFields: number;
}

const EMPTY: Size = { depth: 0, fields: 0, aliases: 0, rootFields: 0 };

/** The first limit that the document breaks, as an error for the caller; undefined when it keeps them all. */
export function brokenLimit(document: DocumentNode): GraphQLError | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, Size>();
  let reserved: string | undefined;

  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = sizeOf(definition.selectionSet);
    const rootFields =
      definition.operation === OperationTypeNode.MUTATION
        ? DOCUMENT_LIMITS.rootMutations
        : DOCUMENT_LIMITS.rootFields;
    const broken =
      exceeds('depth', size.depth, DOCUMENT_LIMITS.depth) ??
      exceeds('rootFields', size.rootFields, rootFields) ??
      exceeds('aliases', size.aliases, DOCUMENT_LIMITS.aliases) ??
      exceeds('fields', size.fields, DOCUMENT_LIMITS.fields);
    if (broken) return broken;
  }
  if (reserved === undefined) return undefined;
  return new GraphQLError(`The alias ${reserved} is reserved: choose one without leading underscores.`, {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });

  function sizeOf(set: SelectionSetNode): Size {
    const size = { ...EMPTY };
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet ? sizeOf(selection.selectionSet) : EMPTY;
        size.depth = Math.max(size.depth, inner.depth + 1);
        size.fields += inner.fields + 1;
        size.aliases += inner.aliases + (selection.alias ? 1 : 0);
        size.rootFields += 1;
        // "__proto__" is a valid alias, and poison for objects
        if (selection.alias?.value.startsWith('__')) reserved = selection.alias.value;
      } else {
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT
            ? sizeOf(selection.selectionSet)
            : sizeOfFragment(selection.name.value);
        size.depth = Math.max(size.depth, inner.depth);
        size.fields += inner.fields;
        size.aliases += inner.aliases;
        size.rootFields += inner.rootFields;
      }
    }
    return size;
  }

  function sizeOfFragment(name: string): Size {
    const counted = known.get(name);
    if (counted) return counted;
    // a fragment inside itself counts nothing here; validation refuses it
    known.set(name, EMPTY);
    const fragment = fragments.get(name);
    const size = fragment ? sizeOf(fragment.selectionSet) : EMPTY;
    known.set(name, size);
    return size;
  }
}

const NAMES = {
  depth: 'levels deep',
  fields: 'fields',
  aliases: 'aliases',
  rootFields: 'root fields',
} as const;

function exceeds(limit: keyof typeof NAMES, actual: number, maximum: number): GraphQLError | undefined {
  if (actual <= maximum) return undefined;
  return new PlazaError(
    'COST_LIMIT_EXCEEDED',
    `The operation has ${actual} ${NAMES[limit]}; ${maximum} are allowed.`.replace(
      'has',
      limit === 'depth' ? 'is' : 'has',
    ),
    { limit, actual, maximum },
  );
}
