import type { ChargeLine } from './charge-line.js';
import type { Admission, CompiledTariff, MeteredTariff } from './compiled-tariff.js';
import { Meter } from './meter.js';
import type { Presences } from './presences.js';
import { timeLines } from './time-lines.js';

/** A version of the tariff and from when it counts. */
export interface LaterVersion {
  from: Date;
  tariff: CompiledTariff;
}

interface Part {
  tariff: MeteredTariff;
  meter: Meter;
}

/** The time of a stay, run through a meter; where the price list changes on the way, through one for each list. */
export class MeteredTime {
  private readonly parts: Part[] = [];
  /** When the next version would price the time after the end of the stay. */
  private readonly nextVersion: number | null = null;

  constructor(
    tariff: CompiledTariff,
    admission: Admission,
    presences: Presences,
    later: readonly LaterVersion[],
  ) {
    const lists = [
      { from: -Infinity, tariff },
      ...later.map((one) => ({ ...one, from: one.from.getTime() })),
    ];
    for (const [number, { from: begins, tariff: list }] of lists.entries()) {
      const to = lists[number + 1]?.from ?? Infinity;
      // a period that was begun under the version before is paid to its end
      const from = Math.max(begins, this.parts.at(-1)?.meter.chargedUntil ?? -Infinity);
      const present = presences.within(from, to);
      if (number > 0 && present.length === 0) {
        if (from >= presences.end) this.nextVersion = Math.min(from, this.nextVersion ?? Infinity);
        continue;
      }
      const metered = list.for(admission);
      const meter = new Meter(metered, Math.max(admission.enteredAt, from));
      meter.run(present);
      this.parts.push({ tariff: metered, meter });
    }
  }

  /** What it costs, in minor units that may have fractions. */
  get amount(): number {
    return this.parts.reduce(
      (sum, { meter }) => sum + meter.pieces.reduce((cost, { net }) => cost + net, 0),
      0,
    );
  }

  lines(end: number, taxPercent: number | null): ChargeLine[] {
    return this.parts.flatMap(({ tariff, meter }) => timeLines(tariff, meter.pieces, end, taxPercent));
  }

  /** The last instant up to which staying on is known to cost nothing more; null: it never will. Uses the meter up. */
  freeUntil(): number | null {
    const until = this.parts.at(-1)?.meter.freeUntil() ?? null;
    return until === null ? this.nextVersion : Math.min(until, this.nextVersion ?? Infinity);
  }
}
