import { PlazaError } from '@plaza/platform/errors';
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Fragments } from '../execution/selections.js';

/** How many objects an answer may hold, and what is assumed of lists before they are read. */
export const COST_LIMITS = {
  /** Objects of one operation's answer; of one event's, when it subscribes. */
  objects: 10_000,
  /** Entries of a page whose size is not told. */
  page: 50,
  /** Entries of the largest page. */
  largestPage: 200,
  /** Entries of a list that has no pages. */
  list: 10,
} as const;

/** The most objects that an answer may hold: a number, and what hangs on the sizes of pages that variables tell. */
export interface Cost {
  fixed: number;
  open: readonly { times: Page; of: Cost }[];
}

/** The sizes that a field asks for: numbers, or the names of the variables that tell them. */
type Page = readonly (number | string)[];

const FREE: Cost = { fixed: 0, open: [] };

/** Works out the cost of a valid operation, once; @skip and @include are taken as if nothing were left out. */
export function costOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): Cost {
  const root = schema.getRootType(operation.operation);
  return root ? costOfSet(root, operation.selectionSet, undefined) : FREE;

  /** `page` is the one that the field above asks for: it tells how many `nodes` and `edges` there are. */
  function costOfSet(type: GraphQLNamedType, set: SelectionSetNode, page: Page | undefined): Cost {
    return sum(
      set.selections.map((selection) => {
        if (selection.kind === Kind.FIELD) return costOfField(type, selection, page);
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
        if (!fragment) return FREE;
        const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
        return costOfSet(condition ?? type, fragment.selectionSet, page);
      }),
    );
  }

  function costOfField(type: GraphQLNamedType, node: FieldNode, outer: Page | undefined): Cost {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    // leaves, and introspection: the gateway has its answers at hand, and validation bounds their depth
    if (!field || !node.selectionSet || !isCompositeType(getNamedType(field.type))) return FREE;
    const page = pageOf(field, node);
    const below = costOfSet(getNamedType(field.type), node.selectionSet, page);
    const each = { fixed: below.fixed + 1, open: below.open };
    if (!isListType(getNullableType(field.type))) return each;
    const ofConnection = node.name.value === 'nodes' || node.name.value === 'edges';
    return times(page ?? (ofConnection ? outer : undefined) ?? [COST_LIMITS.list], each);
  }
}

/** The error for an operation whose answer may hold too much, given its coerced variables; undefined when it is fine. */
export function brokenCost(cost: Cost, variables: Record<string, unknown>): PlazaError | undefined {
  const objects = cost.open.length === 0 ? cost.fixed : objectsOf(cost, variables);
  if (objects <= COST_LIMITS.objects) return undefined;
  return new PlazaError(
    'COST_LIMIT_EXCEEDED',
    `The answer may hold ${objects} objects; ${COST_LIMITS.objects} are allowed. Ask for smaller pages.`,
    { cost: objects, limit: COST_LIMITS.objects },
  );
}

/** The most objects that the answer may hold, given the coerced variables. */
export function objectsOf(cost: Cost, variables: Record<string, unknown>): number {
  let objects = cost.fixed;
  for (const { times, of } of cost.open) objects += sizeOf(times, variables) * objectsOf(of, variables);
  return objects;
}

function sum(costs: readonly Cost[]): Cost {
  return {
    fixed: costs.reduce((total, { fixed }) => total + fixed, 0),
    open: costs.flatMap(({ open }) => open),
  };
}

function times(page: Page, each: Cost): Cost {
  if (page.some((size) => typeof size === 'string')) return { fixed: 0, open: [{ times: page, of: each }] };
  const size = sizeOf(page, {});
  const open = each.open.map(({ times, of }) => ({ times, of: scaled(of, size) }));
  return { fixed: each.fixed * size, open };
}

const scaled = (cost: Cost, by: number): Cost => ({
  fixed: cost.fixed * by,
  open: cost.open.map(({ times, of }) => ({ times, of: scaled(of, by) })),
});

/** Undefined for a field without pages. */
function pageOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Page | undefined {
  const sizes = field.args.filter(({ name }) => name === 'first' || name === 'last');
  if (sizes.length === 0) return undefined;
  return sizes.flatMap(({ name, defaultValue }): (number | string)[] => {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (value?.kind === Kind.VARIABLE) return [value.name.value];
    if (value?.kind === Kind.INT) return [Number(value.value)];
    return value === undefined && typeof defaultValue === 'number' ? [defaultValue] : [];
  });
}

function sizeOf(page: Page, variables: Record<string, unknown>): number {
  let largest: number | undefined;
  for (const told of page) {
    const size = typeof told === 'string' ? variables[told] : told;
    if (size === undefined || size === null) continue;
    const entries =
      typeof size === 'number' && size >= 0 ? Math.min(size, COST_LIMITS.largestPage) : COST_LIMITS.page;
    largest = Math.max(largest ?? 0, entries);
  }
  return largest ?? COST_LIMITS.page;
}
