import { startEmbeddedPostgres } from '../database/embedded.js';

// A process for tests to interrupt and kill: starts a database in the folder it is given, says its url, and
// stops it on SIGINT, as Plaza does.
const running = await startEmbeddedPostgres({ folder: process.argv[2]! }).catch((error: Error) => {
  console.error(error.message);
  return process.exit(1);
});
const alive = setInterval(() => undefined, 1_000);
process.once('SIGINT', () => {
  // Before it stops the database, Plaza finishes what it is doing: the database must outlive the Ctrl-C.
  setTimeout(() => {
    void running.stop().then(() => {
      console.log('stopped');
      clearInterval(alive);
    });
  }, 300);
});
console.log(running.url);
