import 'reflect-metadata';
import { runSubgraph } from '@plaza/platform/server/run-subgraph';
import { createPaymentsSubgraph } from './subgraph.js';

await runSubgraph('payments', createPaymentsSubgraph);
