import { cpus, loadavg } from 'node:os';
import { Latencies } from '../replay/latencies.js';
import { EventLogClients } from './event-log-clients.js';
import { startEventLogDatabases } from './event-log-database.js';
import { startChild } from './plaza.js';
import { race, report, type RaceOptions } from './race.js';

/** Events a second of the latency part, and how long each contender's turns of it last. */
const FLOW = { perSecond: 1_000, seconds: 5, turns: 4, clients: 32 };

/**
 * Clients who each update a row and write an event in one transaction: as Plaza does it, with pg_notify in the
 * transaction, and with no wake-up at all; then how long it takes from sending a change to telling the listener.
 * Returns the report.
 */
export async function eventLog(options: RaceOptions): Promise<string> {
  const before = load();
  const databases = await startEventLogDatabases({
    numbering: 'event',
    notifying: 'event and notification',
    updating: 'update',
    silent: 'event',
  });
  const sequencer = await startChild(
    'bench/event-log-sequencer.ts',
    [databases.url('numbering', 'sequencer')],
    /(Numbering)/,
  );
  const connect = (name: string, database: string, told: boolean, clients: number) =>
    EventLogClients.connect({
      name,
      url: databases.url(database, 'tickets'),
      clients,
      listenUrl: told ? databases.url(database, 'gateway') : undefined,
      rings: database === 'numbering',
    });
  const opened: EventLogClients[] = [];
  const open = async (...args: Parameters<typeof connect>) => {
    const clients = await connect(...args);
    opened.push(clients);
    return clients;
  };
  try {
    const racing = [
      await open('update, event, pg_notify in it, listener told', 'notifying', true, options.concurrency),
      await open('small update alone', 'updating', false, options.concurrency),
      // beside its yardstick, so that a machine that becomes slower slows down both
      await open('update, event, position, listener told', 'numbering', true, options.concurrency),
      await open('update, event, no wake-up at all', 'silent', false, options.concurrency),
    ];
    const raced = report(await race(racing, options), 'transactions');
    const flowing = [
      await open('position, listener', 'numbering', true, FLOW.clients),
      await open('pg_notify in the transaction', 'notifying', true, FLOW.clients),
    ];
    const latencies = new Latencies();
    for (const clients of flowing) await clients.flow(FLOW.perSecond, 1, undefined);
    for (let turn = 0; turn < FLOW.turns; turn += 1) {
      for (const clients of flowing) await clients.flow(FLOW.perSecond, FLOW.seconds, latencies);
    }
    const loads = `load of the machine (${cpus().length} cores): ${before} before, ${load()} after`;
    return [
      raced,
      '',
      ...latencies.table(`sent to told, ${FLOW.perSecond.toLocaleString('en')} changes/s`),
      '',
      loads,
    ].join('\n');
  } finally {
    for (const clients of opened) await clients.close();
    await sequencer.stop();
    await databases.stop();
  }
}

const load = (): string => loadavg()[0]!.toFixed(1);
