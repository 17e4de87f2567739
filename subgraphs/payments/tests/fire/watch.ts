import pg from 'pg';
import type { Invariant, Known } from './invariants.js';
import { Violation } from './violation.js';

/** Looks at the whole database in one snapshot, as the superuser, and asks what must never be so. */
export class Watch {
  looks = 0;
  private readonly client: pg.Client;
  private looking: Promise<unknown> = Promise.resolve();

  constructor(
    url: string,
    private readonly known: { told: () => Known['told']; rest: () => Omit<Known, 'told'> },
  ) {
    this.client = new pg.Client({ connectionString: url });
    // what breaks is told by the look that it breaks
    this.client.on('error', () => undefined);
  }

  async open(): Promise<void> {
    await this.client.connect();
  }

  /** Throws the first Violation that it sees. */
  look(invariants: Invariant[]): Promise<void> {
    const look = this.looking.then(() => this.lookOnce(invariants));
    this.looking = look.catch(() => undefined);
    return look;
  }

  async close(): Promise<void> {
    await this.looking;
    await this.client.end();
  }

  private async lookOnce(invariants: Invariant[]): Promise<void> {
    this.looks += 1;
    // what was told before the snapshot is in it; what is in it was ordered before the snapshot ended
    const told = this.known.told();
    await this.client.query('begin isolation level repeatable read read only');
    try {
      await this.client.query('select 1');
      const known: Known = { ...this.known.rest(), told };
      for (const { name, sql, values } of invariants) {
        const { rows } = await this.client.query<object>(sql, values?.(known) ?? []);
        if (rows.length > 0) throw new Violation(name, rows.slice(0, 3));
      }
    } finally {
      await this.client.query('rollback');
    }
  }
}
