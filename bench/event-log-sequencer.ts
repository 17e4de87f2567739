import { Sequencer } from '@plaza/platform/events/sequencer';
import { createLogger } from '@plaza/platform/server/logger';

/** The sequencer of the database that the argument names, in a process of its own, until SIGINT. */
const sequencer = new Sequencer({ url: process.argv[2]!, logger: createLogger('sequencer', 'warn') });
await sequencer.start();
process.once('SIGINT', () => void sequencer.close());
process.stdout.write('Numbering\n');
