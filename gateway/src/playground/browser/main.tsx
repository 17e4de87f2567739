import './workers.ts';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { EXAMPLES } from '../examples.ts';
import { fetcher } from './fetcher.ts';
import { PLAZA_PLUGIN } from './plaza-pane.tsx';
import 'graphiql/style.css';
import './playground.css';

const first = EXAMPLES[1];

createRoot(document.getElementById('playground')!).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={[PLAZA_PLUGIN, HISTORY_PLUGIN]}
    visiblePlugin={PLAZA_PLUGIN}
    defaultTabs={[{ query: first?.query ?? '' }]}
    defaultEditorToolsVisibility="variables"
  >
    <GraphiQL.Logo>Plaza</GraphiQL.Logo>
  </GraphiQL>,
);
