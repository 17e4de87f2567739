import 'reflect-metadata';
import { runSubgraph } from '@plaza/platform/server/run-subgraph';
import { createTicketsSubgraph } from './subgraph.js';

await runSubgraph('tickets', createTicketsSubgraph);
