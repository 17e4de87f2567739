import pg from 'pg';
import pino from 'pino';
import { sql } from '../../database/sql.js';
import type { Database } from '../../database/database.js';
import type { EventTypeName } from '../catalogue.js';
import { appendEvent } from '../append.js';
import { newId } from '../../ids.js';

export const silent = pino({ level: 'silent' });

export interface Written {
  type?: EventTypeName;
  locationId?: string | null;
  subjectId?: string;
}

/** Appends events in one transaction and returns their subjects, which tell them apart. */
export async function write(database: Database, tenantId: string, ...events: Written[]): Promise<string[]> {
  return database.write(
    { tenantId, actor: { kind: 'user', id: tenantId }, correlationId: 'request-1' },
    async (tx) => {
      const subjects = events.map((event) => event.subjectId ?? newId());
      await Promise.all(
        events.map(({ type, locationId }, index) =>
          appendEvent(tx, {
            type: type ?? 'ticket.entered',
            subject: { type: 'Ticket', id: subjects[index] as string },
            locationId: locationId ?? null,
            occurredAt: new Date('2026-11-22T08:30:00Z'),
            data: { code: 'K7Q2' },
          }),
        ),
      );
      return subjects;
    },
  );
}

/** A connection of its own, for what a Database never does. */
export async function connect(url: string, tenantId?: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  if (tenantId) await client.query(`select set_config('plaza.tenant', $1, false)`, [tenantId]);
  return client;
}

/** Polls until `check` is true; a sentence says what was waited for. */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  within = 10_000,
): Promise<void> {
  const end = Date.now() + within;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The positions of a tenant's events, in the order of their insertion. */
export async function positions(database: Database, tenantId: string): Promise<number[]> {
  return database.read({ tenantId }, async (tx) => {
    const rows = await tx.rows<{ position: number }>(
      sql`select position from events.read(${tenantId}, 0, 100000)`,
    );
    return rows.map((row) => row.position);
  });
}
