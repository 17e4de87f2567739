import type { Subgraph } from '@plaza/platform/subgraph';
import type { Viewer } from '@plaza/platform/viewer';
import { graphql } from 'graphql';

export type Answer = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever was asked for

/** What the subgraph answers a viewer, as it goes over the wire. Throws the first error of the answer. */
export async function askGraph(
  subgraph: Subgraph,
  viewer: Viewer,
  source: string,
  variableValues: Record<string, unknown>,
): Promise<Answer> {
  const { data, errors } = await graphql({
    schema: subgraph.schema,
    source,
    variableValues,
    contextValue: subgraph.context(viewer, 'test'),
  });
  if (errors?.[0]) throw errors[0];
  return JSON.parse(JSON.stringify(data)) as Answer;
}
