import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetClock } from '@plaza/platform/clock';
import { Database } from '@plaza/platform/database/database';
import type { Viewer } from '@plaza/platform/viewer';
import { pino } from 'pino';
import { SandboxProvider } from '../src/providers/sandbox/sandbox.provider.js';
import type { ChargeOrder } from '../src/providers/provider.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { NOW } from './payments-fixture.js';

// A process for a test to kill: pays by card, says where it has got to, and waits there for its end.
const [url = '', viewer = '', ticketId = '', place = ''] = process.argv.slice(2);
const database = new Database({ url, applicationName: 'pay until killed' });
const standStill = async () => {
  process.stdout.write('here\n');
  await sleep(60_000);
};

class DyingProvider extends SandboxProvider {
  override async authorise(order: ChargeOrder) {
    if (place === 'before the charge') await standStill();
    await super.authorise(order);
    const charge = await super.capture(order);
    await standStill();
    return charge;
  }
}

await payTicket(
  {
    viewer: JSON.parse(viewer) as Viewer,
    database,
    clock: new SetClock(NOW),
    logger: pino({ level: 'silent' }),
    providers: [new DyingProvider(database, { key: Buffer.alloc(32) })],
  },
  { ticketId, method: 'CARD', tender: { token: 'tok_approve' } },
);
