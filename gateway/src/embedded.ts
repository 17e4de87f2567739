import 'reflect-metadata';
import { Opened } from '@plaza/platform/server/opened';
import { stopOnSignals } from '@plaza/platform/server/shutdown';
import { startOrExplain } from '@plaza/platform/server/start';
import { readEmbeddedConfig } from './config.js';
import { startEmbedded } from './embedded/start-embedded.js';

// npm start: the whole of Plaza in this one process.

const opened = new Opened();
stopOnSignals(() => opened.close());
await startOrExplain(async () => {
  try {
    await startEmbedded(readEmbeddedConfig(), opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
});
