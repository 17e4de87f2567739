import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPONENTS } from '@plaza/gateway/embedded/components';
import { startEmbeddedPostgres } from '@plaza/platform/database/embedded';
import { migrate } from '@plaza/platform/database/migrate';
import { administer, TEMPLATE, TEST_SECRETS } from '@plaza/platform/testing/test-cluster';

// The test run's database server, held by a process of its own: it ends when its standard input does, so not
// even a killed test run leaves a server behind.
const folder = await mkdtemp(join(tmpdir(), 'plaza-test-'));
const cluster = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), durable: false });

async function stop(): Promise<void> {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the end of the input follows
process.stdin.resume().once('end', () => void stop().then(() => process.exit(0)));

try {
  await migrate(cluster.url, TEST_SECRETS, COMPONENTS);
  await administer(cluster.url, `alter database ${TEMPLATE} with is_template true allow_connections false`);
  console.log(cluster.url);
} catch (error) {
  console.error(error);
  await stop();
  process.exit(1);
}
