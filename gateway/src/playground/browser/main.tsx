import './workers.js';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { EXAMPLES } from '../examples.js';
import { fetcher } from './fetcher.js';
import { PLAZA_PLUGIN } from './plaza-pane.js';
import 'graphiql/style.css';
import './playground.css';

// GraphiQL opens on something that can be run at once
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
