import type { PlanNode, SubscriptionNode } from '@apollo/query-planner';
import type { Viewer } from '@plaza/platform/viewer';
import { Kind, visit } from 'graphql';
import type { PreparedOperation } from '../../graph/prepare.js';

// What this subgraph answers depends on who asks; what the others answer, on what the viewer may see.
const PERSONAL = 'identity';

/**
 * Two subscriptions with the same key may get the same frames: the same operation, the same variables but for the place
 * to resume from, and viewers who may see the same.
 */
export function sharingKey(
  prepared: PreparedOperation,
  plan: SubscriptionNode,
  variables: Record<string, unknown>,
  viewer: Viewer,
): string {
  const { tenantId, roles, scopes, locationIds, kind, id } = viewer;
  const resume = resumeVariable(prepared);
  const given = Object.entries(variables)
    .filter(([name]) => name !== resume)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const person = reaches(plan, PERSONAL) ? [kind, id, viewer.sessionId] : [];
  const may = [tenantId, sorted(roles), sorted(scopes), locationIds && sorted(locationIds), ...person];
  return JSON.stringify([prepared.text, given, may]);
}

const sorted = (words: readonly string[]): string[] => [...words].sort();

const resumeVariables = new WeakMap<PreparedOperation, string | null>();

/** The variable that is the root field's argument `after` and nothing else. */
function resumeVariable(prepared: PreparedOperation): string | null {
  const known = resumeVariables.get(prepared);
  if (known !== undefined) return known;
  const found = findResumeVariable(prepared);
  resumeVariables.set(prepared, found);
  return found;
}

function findResumeVariable({ operation, fragments }: PreparedOperation): string | null {
  const [root] = operation.selectionSet.selections;
  if (root?.kind !== Kind.FIELD) return null;
  const after = root.arguments?.find(({ name }) => name.value === 'after')?.value;
  if (after?.kind !== Kind.VARIABLE) return null;
  const name = after.name.value;
  let uses = 0;
  const count = { Variable: (node: typeof after) => void (node.name.value === name && (uses += 1)) };
  for (const node of [operation.selectionSet, ...Object.values(fragments)]) visit(node, count);
  return uses === 1 ? name : null;
}

function reaches(node: PlanNode | SubscriptionNode | undefined, subgraph: string): boolean {
  switch (node?.kind) {
    case undefined:
      return false;
    case 'Fetch':
      return node.serviceName === subgraph;
    case 'Flatten':
      return reaches(node.node, subgraph);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.some((step) => reaches(step, subgraph));
    case 'Condition':
      return reaches(node.ifClause, subgraph) || reaches(node.elseClause, subgraph);
    case 'Subscription':
      return reaches(node.primary, subgraph) || reaches(node.rest, subgraph);
    case 'Defer':
      throw new Error('The planner was told not to defer.');
  }
}
