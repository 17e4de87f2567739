import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { CarPark, Series } from './csv.js';
import { driveCarPark, type OpenedCarPark, type Run } from './drive.js';
import { Gate } from './gate.js';
import { GraphClient } from './graph-client.js';
import { openLocation } from './open-location.js';
import { MOST_ENTRIES_AT_ONCE, MOST_EXITS_AT_ONCE } from './operations.js';
import type { ReplayOptions } from './options.js';
import { asFastAsPossible, timesAsFast } from './pace.js';
import { countMovements } from './plan.js';
import { showProgress } from './progress.js';
import { authenticate } from './session.js';
import { Tally } from './tally.js';

export interface Outcome {
  tally: Tally;
  /** True when the signal ended the replay early. */
  stopped: boolean;
}

/** What a replay needs to know once its file is read. */
export type RunOptions = Pick<
  ReplayOptions,
  'url' | 'token' | 'timeZone' | 'currency' | 'speed' | 'concurrency' | 'seed'
>;

/**
 * Replays a series against a running Plaza and shows its progress on `out`. All car parks run beside each other; within
 * one, everything up to a recorded instant is done before its occupancy is compared. Throws what the graph or the
 * network refuses for good.
 */
export async function replay(
  { carParks }: Series,
  options: RunOptions,
  { signal, out }: { signal: AbortSignal; out: NodeJS.WriteStream },
): Promise<Outcome> {
  const tally = new Tally();
  const graph = new GraphClient(options.url, options.concurrency, tally.answered);
  try {
    await authenticate(graph, options.token);
    return await drive(graph, tally, carParks, options, signal, out);
  } finally {
    await graph.close();
  }
}

async function drive(
  graph: GraphClient,
  tally: Tally,
  carParks: CarPark[],
  options: RunOptions,
  signal: AbortSignal,
  out: NodeJS.WriteStream,
): Promise<Outcome> {
  const stop = new AbortController();
  const run: Run = {
    graph,
    gate: new Gate(options.concurrency),
    pace: asFastAsPossible,
    tally,
    signal: AbortSignal.any([signal, stop.signal]),
    seed: options.seed,
    id: randomBytes(3).toString('hex'),
    // A slow replay is there to be watched: each car comes alone.
    entriesAtOnce: options.speed === null ? MOST_ENTRIES_AT_ONCE : 1,
    exitsAtOnce: options.speed === null ? MOST_EXITS_AT_ONCE : 1,
  };
  // Every car that waits for its time listens.
  setMaxListeners(0, run.signal);
  const opened = await openAll(run, carParks, options);
  if (options.speed !== null) run.pace = timesAsFast(options.speed, firstInstant(carParks));
  const movements = carParks
    .map(countMovements)
    .reduce((sum, { entries, exits }) => sum + entries + exits, 0);
  const progress = showProgress(tally, movements, out);
  let failure: unknown;
  const giveUp = (error: unknown) => {
    // Once the run is told to stop, the car parks end with the order to do so.
    if (!run.signal.aborted) failure = error;
    stop.abort();
  };
  await Promise.all(opened.map((park) => driveCarPark(run, park).catch(giveUp)));
  progress.stop();
  if (failure !== undefined) throw failure as Error;
  return { tally, stopped: signal.aborted };
}

async function openAll(run: Run, carParks: CarPark[], options: RunOptions): Promise<OpenedCarPark[]> {
  return Promise.all(
    carParks.map((carPark, number) =>
      run.gate.through(async () => {
        return { carPark, number, locationId: await openLocation(run, carPark, options) };
      }),
    ),
  );
}

function firstInstant(carParks: CarPark[]): number {
  return carParks.reduce((first, { recordings }) => Math.min(first, recordings[0]!.at), Infinity);
}
