import type { CarPark } from './csv.js';
import type { Gate } from './gate.js';
import type { GraphClient } from './graph-client.js';
import * as operations from './operations.js';
import type { Pace } from './pace.js';
import { planCarPark, type Interval, type PlannedEntry, type PlannedExit } from './plan.js';
import type { Tally } from './tally.js';

/** What all car parks of one run share. */
export interface Run {
  graph: GraphClient;
  gate: Gate;
  pace: Pace;
  tally: Tally;
  signal: AbortSignal;
  seed: string;
  /** Stands in plates and idempotency keys, so that a server can be replayed to again and again. */
  id: string;
  /** How many cars may travel in one request. */
  entriesAtOnce: number;
  exitsAtOnce: number;
}

/** A car park of the file and the location that was made for it; `number` counts the car parks of the run. */
export interface OpenedCarPark {
  carPark: CarPark;
  number: number;
  locationId: string;
}

/** Drives one car park from its first recording to its last, and compares at each. Throws when the run is stopped. */
export async function driveCarPark(run: Run, { carPark, number, locationId }: OpenedCarPark): Promise<void> {
  const lot = new Lot(run, locationId, `${run.id}${number.toString(36).padStart(2, '0')}`);
  for (const interval of planCarPark(carPark, run.seed)) {
    await lot.play(interval);
    const platform = await run.gate.through(() => operations.occupied(run.graph, locationId));
    const { until: at, occupied: recorded } = interval;
    run.tally.compare({ carPark: carPark.code, at, recorded, platform, balance: lot.balance });
  }
}

/** One location and the tickets of the cars inside it. */
class Lot {
  /** Entries minus exits that the platform confirmed. */
  balance = 0;
  private readonly tickets = new Map<number, string>();

  constructor(
    private readonly run: Run,
    private readonly locationId: string,
    private readonly prefix: string,
  ) {}

  /**
   * An interval holds entries or exits, so its requests may pass each other: no car waits for a space that another one
   * of the same interval has to leave.
   */
  async play({ entries, exits }: Interval): Promise<void> {
    const { entriesAtOnce, exitsAtOnce } = this.run;
    await Promise.all([
      ...chunksOf(entries, entriesAtOnce).map((cars) => this.admitted(cars, () => this.enter(cars))),
      ...chunksOf(exits, exitsAtOnce).map((cars) => this.admitted(cars, () => this.leave(cars))),
    ]);
  }

  private async admitted(cars: { at: number }[], work: () => Promise<void>): Promise<void> {
    const { gate, pace, signal } = this.run;
    await pace(cars.at(-1)!.at, signal);
    await gate.through(async () => {
      signal.throwIfAborted();
      await work();
    });
  }

  private async enter(cars: PlannedEntry[]): Promise<void> {
    const results = await operations.recordEntries(
      this.run.graph,
      cars.map(({ car, at }) => ({
        locationId: this.locationId,
        plate: this.prefix + car.toString(36).padStart(4, '0'),
        enteredAt: new Date(at).toISOString(),
        idempotencyKey: this.key(car, 'entry'),
      })),
    );
    for (const [i, result] of results.entries()) {
      if (!result.ticket) {
        this.run.tally.refuse(`recordEntry: ${result.__typename}`);
        continue;
      }
      this.tickets.set(cars[i]!.car, result.ticket.id);
      this.run.tally.entries++;
      this.balance++;
    }
  }

  private async leave(planned: PlannedExit[]): Promise<void> {
    // A car whose entry was refused has no ticket; it was counted then.
    const cars = planned.filter(({ car }) => this.tickets.has(car));
    const held = await this.payAndExit(cars, 'exit');
    // Nothing was due at the machine, and the free time ran out on the way to the barrier: there they pay after all.
    const stillHeld = await this.payAndExit(
      held.map((exit) => ({ ...exit, paidAt: exit.at })),
      'barrier',
    );
    for (const _ of stillHeld) this.run.tally.refuse('recordExit: PaymentRequired');
  }

  /** Returns the cars that may not leave before they pay more. */
  private async payAndExit(cars: PlannedExit[], attempt: 'exit' | 'barrier'): Promise<PlannedExit[]> {
    if (cars.length === 0) return [];
    const results = await operations.payAndRecordExits(
      this.run.graph,
      cars.map(({ car, at, paidAt }) => {
        const ticketId = this.tickets.get(car)!;
        return {
          payment: {
            ticketId,
            ...tenderOf(car),
            paidAt: new Date(paidAt).toISOString(),
            idempotencyKey: this.key(car, `pay-${attempt}`),
          },
          exit: { ticketId, exitedAt: new Date(at).toISOString(), idempotencyKey: this.key(car, attempt) },
        };
      }),
    );
    return cars.filter((car, i) => !this.account(car, results[i]!));
  }

  /** False for a car that must pay more. */
  private account(
    { car }: PlannedExit,
    { payment, exit }: { payment: operations.PaymentResult; exit: operations.Result },
  ): boolean {
    const { tally } = this.run;
    if (payment.payment) tally.pay(tenderOf(car).method, payment.payment.amount.amount);
    else if (payment.__typename !== 'NothingDue') tally.refuse(`payTicket: ${payment.__typename}`);
    if (exit.__typename === 'PaymentRequired') return false;
    if (exit.__typename !== 'VehicleExited') {
      tally.refuse(`recordExit: ${exit.__typename}`);
      return true;
    }
    if (payment.__typename === 'NothingDue') tally.free++;
    this.tickets.delete(car);
    tally.exits++;
    this.balance--;
    return true;
  }

  private key(car: number, story: string): string {
    return `replay:${this.prefix}:${car}:${story}`;
  }
}

/** Seven drivers of ten pay in cash, two by card, one by telephone. */
function tenderOf(car: number): operations.Tender {
  const tenth = car % 10;
  if (tenth < 7) return { method: 'CASH' };
  return { method: tenth < 9 ? 'CARD' : 'DIGITAL', tender: { token: 'tok_approve' } };
}

function chunksOf<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
