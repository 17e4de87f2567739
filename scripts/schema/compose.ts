import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { loadGraph } from '@plaza/gateway/graph/graph';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

const roverConfig = z.object({
  federation_version: z.union([z.string(), z.number()]),
  subgraphs: z.record(z.string(), z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) })),
});

/** A subgraph as rover.yaml names it; `file` is a path from the working directory. */
export interface ComposedSubgraph {
  name: string;
  url: string;
  file: string;
}

/** Reads a rover.yaml. Throws when it is not what `rover supergraph compose` takes. */
export async function readRoverConfig(path: string): Promise<ComposedSubgraph[]> {
  const config = roverConfig.parse(parseYaml(await readFile(path, 'utf8')));
  return Object.entries(config.subgraphs).map(([name, { routing_url: url, schema }]) => ({
    name,
    url,
    file: join(dirname(path), schema.file),
  }));
}

/** The composed graph: for the gateway, and as a client sees it. */
export interface Composition {
  supergraph: string;
  api: string;
}

/** Composes subgraphs. Throws with every reason when they do not fit together. */
export function compose(subgraphs: readonly (ComposedSubgraph & { sdl: string })[]): Composition {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (!supergraphSdl) {
    throw new Error(`The subgraphs do not compose:\n${(errors ?? []).map(({ message }) => `  ${message}`).join('\n')}`);
  }
  const { schema } = loadGraph(supergraphSdl);
  return { supergraph: `${supergraphSdl.trimEnd()}\n`, api: `${printSchema(lexicographicSortSchema(schema))}\n` };
}
