import 'reflect-metadata';
import { runSubgraph } from '@plaza/platform/server/run-subgraph';
import { createSpacesSubgraph } from './subgraph.js';

await runSubgraph('spaces', createSpacesSubgraph);
