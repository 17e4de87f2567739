import { cpus, loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { inColumns } from '../../replay/latencies.js';
import { median, type RaceOptions } from '../race.js';
import { Audience } from './audience.js';
import type { Counted } from './subscribers.js';
import { plazaStage, rivalStage, type Stage } from './stages.js';

const OCCUPANCY =
  'subscription ($locationId: ID!) { occupancyChanged(locationId: $locationId, throttleMs: 0) { id name occupancy { occupied available total } } }';
const TICKETS =
  'subscription ($locationId: ID!) { ticketChanged(locationId: $locationId) { cursor type ticket { id code status space { number } } } }';

/** What two cores with servers and subscribers on them deliver at most, about, in a second. */
const MOST_MESSAGES = 100_000;
const MOST_CHANGES = 20;

/** Changes a second of the paced parts: as many as ask for all that the machine gives, and half of that. */
function pacesFor(subscribers: number): number[] {
  const full = Math.min(MOST_CHANGES, Math.max(2, Math.floor(MOST_MESSAGES / subscribers)));
  return full * subscribers > MOST_MESSAGES / 2 ? [Math.floor(full / 2), full] : [full];
}
const PACED_SECONDS = 5;
const BURST = 32;
/** How many bursts are measured: fewer where each is told to more, so that a turn lasts some seconds. */
const burstsFor = (subscribers: number): number =>
  Math.min(10, Math.max(3, Math.round(50_000 / subscribers)));
/** More subscribers than this are not executed one by one. */
const MOST_EACH = 5_000;
const PATIENCE_MS = 60_000;
const QUIET_MS = 150;

/** How many subscribe at once. More than `sockets` share those, several on each. */
export interface Crowds {
  sizes: readonly number[];
  sockets: number;
}

/** A number of subscribers, on so many sockets. */
interface Crowd {
  size: number;
  each: number;
}

const told = ({ size, each }: Crowd): string =>
  each === 1 ? size.toLocaleString('en') : `${size.toLocaleString('en')}, ${each} on a socket`;

interface Turn {
  rate: number;
  latencies: number[];
}

/**
 * One location's occupancy, and bursts of ticket events, to many subscribers on one process: through Plaza's whole
 * federated path, beside a raw broadcast of ws, and beside graphql-ws with one execution for each. Returns the report.
 */
export async function fanOut(options: RaceOptions, { sizes, sockets }: Crowds): Promise<string> {
  const before = loadavg()[0]!.toFixed(1);
  const rows: string[][] = [];
  for (const size of sizes) {
    process.stderr.write(`${size.toLocaleString('en')} subscribers ...\n`);
    const crowd = { size, each: Math.ceil(size / sockets) };
    const paces = pacesFor(size);
    const parts = [
      ...paces.map((pace) => () => paced(crowd, OCCUPANCY, `${pace} states/s`, pace, options)),
      () => paced(crowd, TICKETS, `${paces.at(-1)} events/s`, paces.at(-1)!, options),
      () => bursts(crowd, options),
    ];
    for (const part of parts) {
      const found = await part();
      process.stderr.write(`${inColumns(found).join('\n')}\n`);
      rows.push(...found);
    }
  }
  const heading = ['subscribers', 'what', 'who', 'messages/s', 'ratio', 'p50 ms', 'p99 ms', 'KB each'];
  const loads = `load of the machine (${cpus().length} cores): ${before} before, ${loadavg()[0]!.toFixed(1)} after`;
  return [...inColumns([heading, ...rows]), '', loads].join('\n');
}

function paced(
  crowd: Crowd,
  query: string,
  what: string,
  pace: number,
  { rounds }: RaceOptions,
): Promise<string[][]> {
  const changesInAll = (rounds + 1) * PACED_SECONDS * pace;
  return compare(crowd, rounds, query, what, async (stage, audience, round) => {
    const sent = new Map<number, number>();
    const first = round * PACED_SECONDS * pace + 1;
    if (first > changesInAll) throw new Error('More rounds than changes.');
    await audience.count();
    const begun = performance.now();
    // a change that takes long does not hold up the next one
    const made: Promise<void>[] = [];
    for (let change = first; change < first + PACED_SECONDS * pace; change += 1) {
      const due = begun + ((change - first) * 1_000) / pace;
      if (due > performance.now()) await sleep(due - performance.now());
      sent.set(change, performance.timeOrigin + performance.now());
      made.push(stage.change(change));
    }
    await Promise.all(made);
    await sleep(Math.max(0, begun + PACED_SECONDS * 1_000 - performance.now()));
    const { messages, told, at } = await all(audience);
    const seconds = Math.max(PACED_SECONDS, (at - begun) / 1_000);
    // an event's frame does not hold the change's number
    const latencies = (query === OCCUPANCY ? told : []).flatMap(([change, at]) => {
      const at0 = sent.get(change);
      return at0 === undefined ? [] : [at - at0];
    });
    return { rate: messages / seconds, latencies };
  });
}

function bursts(crowd: Crowd, { rounds }: RaceOptions): Promise<string[][]> {
  const { size } = crowd;
  return compare(crowd, rounds, TICKETS, `bursts of ${BURST}`, async (stage, audience) => {
    await audience.count();
    const begun = performance.now();
    for (let burst = 0; burst < burstsFor(size); burst += 1) await stage.burst(BURST);
    let messages = 0;
    const expected = size * BURST * burstsFor(size);
    while (messages < expected && performance.now() - begun < PATIENCE_MS) {
      await sleep(5);
      messages += (await audience.count()).messages;
    }
    if (messages < expected) throw new Error(`${stage.name}: ${messages} of ${expected} messages came.`);
    return { rate: (messages * 1_000) / (performance.now() - begun), latencies: [] };
  });
}

/** Lets the stages take turns before the same number of subscribers; the first round warms up and does not count. */
async function compare(
  crowd: Crowd,
  rounds: number,
  query: string,
  what: string,
  turn: (stage: Stage, audience: Audience, round: number) => Promise<Turn>,
): Promise<string[][]> {
  const { size, each } = crowd;
  const live = query === OCCUPANCY;
  const stages = [await plazaStage(), await rivalStage('raw', 'raw ws broadcast')];
  if (live && size <= MOST_EACH) stages.push(await rivalStage('each', 'graphql-ws, executing each'));
  const audiences: Audience[] = [];
  try {
    const memories: (number | undefined)[] = [];
    for (const stage of stages) {
      const empty = await stage.memory();
      const { url, authorization, variables } = stage;
      const whom = authorization === undefined ? {} : { authorization };
      const audience = await Audience.connect({
        ...{ sockets: Math.ceil(size / each), each },
        ...{ url, ...whom, query, variables },
      });
      audiences.push(audience);
      await begin(stage, audience, size, live);
      const full = await stage.memory();
      memories.push(empty !== undefined && full !== undefined ? (full - empty) / size : undefined);
    }
    const turns = stages.map((): Turn[] => []);
    for (let round = 0; round <= rounds; round += 1) {
      const order = round % 2 === 0 ? [...stages.keys()] : [...stages.keys()].toReversed();
      for (const index of order) {
        const done = await turn(stages[index]!, audiences[index]!, round);
        if (round > 0) turns[index]!.push(done);
      }
    }
    const rates = turns.map((all) => median(all.map(({ rate }) => rate)));
    return stages.map(({ name }, index) => {
      const latencies = turns[index]!.flatMap((done) => done.latencies).toSorted((a, b) => a - b);
      const at = (share: number) => latencies[Math.floor(latencies.length * share)]?.toFixed(0) ?? '';
      const memory = memories[index];
      return [
        told(crowd),
        what,
        name,
        Math.round(rates[index]!).toLocaleString('en'),
        median(turns[index]!.map(({ rate }, round) => rate / turns[1]![round]!.rate)).toFixed(2),
        at(0.5),
        at(0.99),
        memory === undefined ? '' : (memory / 1_024).toFixed(1),
      ];
    });
  } finally {
    for (const audience of audiences) await audience.leave();
    for (const stage of stages) await stage.stop();
  }
}

/** Waits until every subscription has had a frame: of a state by itself, of events when there are some. */
async function begin(stage: Stage, audience: Audience, size: number, live: boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while ((await audience.count()).begun < size) {
    if (performance.now() > deadline) throw new Error(`${stage.name}: not all subscriptions began.`);
    if (!live) await stage.burst(1);
    await sleep(100);
  }
  await all(audience);
}

/**
 * What has come since the last time and still comes, until nothing more does, and when the last of it had come. So one
 * stage's rest does not slow down the next one, and what is late counts as late.
 */
async function all(audience: Audience): Promise<Pick<Counted, 'messages' | 'told'> & { at: number }> {
  const deadline = performance.now() + PATIENCE_MS;
  let at = performance.now();
  const { messages, told } = await audience.count();
  const found = { messages, told };
  while (performance.now() < Math.min(deadline, at + QUIET_MS)) {
    await sleep(10);
    const now = performance.now();
    const more = await audience.count();
    if (more.messages > 0) at = now;
    found.messages += more.messages;
    found.told.push(...more.told);
  }
  return { ...found, at };
}
