import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Jest's global setup: one migrated Postgres for the run, in a process of its own. */
export default async function start() {
  const script = fileURLToPath(new URL('hold-test-cluster.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  process.env.PLAZA_TEST_CLUSTER = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', () => reject(new Error('The database for the tests did not start.')));
  });
  globalThis.testCluster = child;
}
