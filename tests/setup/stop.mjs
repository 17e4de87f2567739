import { once } from 'node:events';

/** Jest's global teardown: the run's Postgres ends and its files are gone when it returns. */
export default async function stop() {
  const child = globalThis.testCluster;
  const ended = once(child, 'exit');
  child.stdin.end();
  await ended;
}
