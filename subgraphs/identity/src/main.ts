import 'reflect-metadata';
import { runSubgraph } from '@plaza/platform/server/run-subgraph';
import { createIdentitySubgraph } from './subgraph.js';

await runSubgraph('identity', createIdentitySubgraph);
