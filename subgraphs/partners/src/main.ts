import 'reflect-metadata';
import { runSubgraph } from '@plaza/platform/server/run-subgraph';
import { createPartnersSubgraph } from './subgraph.js';

await runSubgraph('partners', createPartnersSubgraph);
