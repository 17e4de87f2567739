/** An event as the log holds it. */
export interface LoggedEvent {
  id: string;
  tenantId: string;
  locationId: string | null;
  position: number;
  type: string;
}

/** Somebody who was told of a tenant's events, and what of. */
export interface Reader {
  name: string;
  exit: 'subscription' | 'query' | 'webhook';
  tenantId: string;
  /** Only events of this location; null: of all. */
  locationId: string | null;
  /** Only events of these types. */
  types: readonly string[];
  /** The ids that arrived, in their order, by connection. */
  connections: readonly (readonly string[])[];
  /** True for those whom no order was promised. */
  unordered?: boolean;
}

/** What a reader got wrong. */
export interface Faults {
  /** Events of the log that it was not told. */
  missing: number;
  /** Events that came behind a later one. */
  outOfOrder: number;
  /** Events that are not the reader's: of another tenant, location or type, or in no log at all. */
  foreign: number;
  /** Events that came again: allowed, for delivery is at least once. */
  repeats: number;
}

/** The log of a round: what all readers are compared with. */
export class Log {
  private readonly byId: ReadonlyMap<string, LoggedEvent>;
  private readonly known = new Map<string, readonly LoggedEvent[]>();

  /** `since` is how far each tenant's log went when all readers had begun: behind it nothing may be missing. */
  constructor(
    readonly events: readonly LoggedEvent[],
    private readonly since: ReadonlyMap<string, number>,
  ) {
    this.byId = new Map(events.map((event) => [event.id, event]));
  }

  /** How many events of these types nobody may miss. */
  compared(types: readonly string[]): number {
    return this.events.filter((event) => this.counts(event) && types.includes(event.type)).length;
  }

  /** Whether the reader was told the newest event that is due to it. */
  hasLast(reader: Reader): boolean {
    const newest = this.due(reader).at(-1);
    return newest === undefined || reader.connections.some((ids) => ids.includes(newest.id));
  }

  /** What the reader must have been told, the oldest first. */
  due(reader: Pick<Reader, 'tenantId' | 'locationId' | 'types'>): readonly LoggedEvent[] {
    const { tenantId, locationId, types } = reader;
    const key = [tenantId, locationId, ...types].join();
    let due = this.known.get(key);
    if (!due) {
      due = this.events.filter((event) => concerns(reader, event) && this.counts(event));
      this.known.set(key, due);
    }
    return due;
  }

  private counts({ tenantId, position }: LoggedEvent): boolean {
    return position > (this.since.get(tenantId) ?? 0);
  }

  /** Compares what the reader was told with the log. */
  judge(reader: Reader): Faults {
    const seen = new Set<string>();
    const faults: Faults = { missing: 0, outOfOrder: 0, foreign: 0, repeats: 0 };
    let newest = 0;
    for (const ids of reader.connections) {
      let last = 0;
      for (const id of ids) {
        const event = this.byId.get(id);
        if (!event || !concerns(reader, event)) {
          faults.foreign += 1;
          continue;
        }
        const { position } = event;
        const again = seen.has(id);
        // a repeat may lie behind what an earlier connection told, a new event may not
        if (!reader.unordered && position < (again ? last : newest)) faults.outOfOrder += 1;
        if (again) faults.repeats += 1;
        seen.add(id);
        last = position;
        newest = Math.max(newest, position);
      }
    }
    faults.missing = this.due(reader).filter(({ id }) => !seen.has(id)).length;
    return faults;
  }
}

const concerns = (
  { tenantId, locationId, types }: Pick<Reader, 'tenantId' | 'locationId' | 'types'>,
  event: LoggedEvent,
): boolean =>
  event.tenantId === tenantId &&
  (locationId === null || event.locationId === locationId) &&
  types.includes(event.type);
