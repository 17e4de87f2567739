import { createServer } from 'node:net';

/**
 * Rejects as listening would, when the port is taken: asked before anything slow is started, so that a busy port is
 * known at once.
 */
export async function assertPortFree(port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port, host }, () => probe.close(() => resolve()));
  });
}
