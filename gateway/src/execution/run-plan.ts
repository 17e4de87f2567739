import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { isJsonObject, mergeInto, type JsonObject } from './merge.js';
import { objectsAt, pathsOf, type PlanPath } from './locate.js';
import { represent, type Representations } from './representations.js';
import { applyRewrites } from './rewrites.js';
import type { CallContext, SubgraphAnswer, SubgraphError, SubgraphSource } from './subgraph-source.js';

/** One run of a query plan: what it may use and what it has found so far. */
export interface PlanRun {
  supergraph: GraphQLSchema;
  sources: Record<string, SubgraphSource>;
  variables: Record<string, unknown>;
  context: CallContext;
  /** The unshaped answer; fetches merge into it. An event may have put something here before the run. */
  data: JsonObject;
  errors: GraphQLError[];
}

/** Runs a plan node; `path` says where in the answer its fetches put what they find. */
export async function runPlan(run: PlanRun, node: PlanNode, path: PlanPath = []): Promise<void> {
  switch (node.kind) {
    case 'Fetch':
      return runFetch(run, node, path);
    case 'Flatten':
      return runPlan(run, node.node, path.length === 0 ? node.path : [...path, ...node.path]);
    case 'Sequence':
      for (const step of node.nodes) await runPlan(run, step, path);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((step) => runPlan(run, step, path)));
      return;
    case 'Condition': {
      const branch = run.variables[node.condition] === true ? node.ifClause : node.elseClause;
      if (branch) await runPlan(run, branch, path);
      return;
    }
    case 'Defer':
      throw new Error('The planner was told not to defer.');
  }
}

async function runFetch(run: PlanRun, node: FetchNode, path: PlanPath): Promise<void> {
  const objects = path.length === 0 ? [run.data] : objectsAt(run.data, path);
  if (objects.length === 0) return;
  const source = run.sources[node.serviceName];
  if (!source) throw new Error(`No source for the subgraph ${node.serviceName}.`);
  const variables = variablesOf(run, node);
  const request = { query: node.operation, operationName: node.operationName, variables };
  if (!node.requires) {
    const answer = await source.fetch(request, run.context);
    if (answer.data) {
      if (node.outputRewrites) applyRewrites(run.supergraph, node.outputRewrites, answer.data);
      for (const object of objects) mergeInto(object, answer.data);
    }
    if (answer.errors) addErrors(run, answer.errors, (error) => [[...upToList(path), ...(error.path ?? [])]]);
    return;
  }
  const entities = represent(run.supergraph, objects, node.requires);
  if (entities.unique.length === 0) return;
  if (node.inputRewrites) applyRewrites(run.supergraph, node.inputRewrites, entities.unique);
  variables.representations = entities.unique;
  mergeEntities(run, node, path, entities, await source.fetch(request, run.context));
}

function variablesOf(run: PlanRun, node: FetchNode): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const name of node.variableUsages ?? []) {
    const value = run.variables[name];
    if (value !== undefined) variables[name] = value;
  }
  return variables;
}

function mergeEntities(
  run: PlanRun,
  node: FetchNode,
  path: PlanPath,
  entities: Representations,
  answer: SubgraphAnswer,
): void {
  const received = answer.data?._entities;
  if (Array.isArray(received)) {
    received.forEach((entity: unknown, index) => {
      if (!isJsonObject(entity)) return;
      for (const object of entities.waiting[index] ?? []) {
        entity.__typename ??= object.__typename;
        if (node.outputRewrites) applyRewrites(run.supergraph, node.outputRewrites, entity);
        mergeInto(object, entity);
      }
    });
  }
  if (!answer.errors) return;
  addErrors(run, answer.errors, ({ path: inner }) => {
    const index = inner?.[0] === '_entities' ? inner[1] : undefined;
    if (typeof index !== 'number') return [upToList(path)];
    const places = pathsOf(run.data, path, entities.waiting[index] ?? []);
    return places.map((place) => [...place, ...(inner ?? []).slice(2)]);
  });
}

// '@' is the planner's word; a client can't follow it
function upToList(path: PlanPath): (string | number)[] {
  const list = path.indexOf('@');
  return list === -1 ? [...path] : path.slice(0, list);
}

function addErrors(
  run: PlanRun,
  errors: readonly SubgraphError[],
  placesOf: (error: SubgraphError) => (string | number)[][],
): void {
  for (const error of errors) {
    for (const place of placesOf(error)) {
      run.errors.push(
        new GraphQLError(error.message, {
          ...(place.length > 0 ? { path: place } : {}),
          extensions: error.extensions ?? null,
        }),
      );
    }
  }
}
