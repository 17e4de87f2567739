import { createHash } from 'node:crypto';
import { badUserInput, conflict } from '../errors.js';
import type { Viewer } from '../viewer.js';
import { forgettable } from './retention.js';
import { shutByTenant } from './row-security.js';
import { sql } from './sql.js';
import type { Transaction } from './transaction.js';

/** One keyed command: which story, for whom, with which input. */
export interface KeyedCommand {
  /** The caller's idempotencyKey, 1 to 255 characters; without one the story simply runs. */
  key: string | null | undefined;
  story: string;
  input: unknown;
  /** The subgraph's schema, which holds the table idempotency_key. */
  schema: string;
  tenantId: string;
  /** The user or API key whose key it is: somebody else's key of the same words is another key. */
  caller: string;
}

/** One caller's story as `once` wants it: the idempotencyKey is no part of the input that it stands for. */
export const keyedCommand = <Input extends { idempotencyKey?: string | null }>(
  schema: string,
  { tenantId, id: caller }: Viewer,
  story: string,
  { idempotencyKey, ...input }: Input,
): KeyedCommand => ({ key: idempotencyKey, story, input, schema, tenantId, caller });

interface StoredOutcome<Outcome> {
  inputHash: string;
  outcome: Outcome;
}

/** The SQL that a subgraph's first migration runs to keep the outcomes of keyed commands. */
export const idempotencyTable = (schema: string): string => `
  create table ${schema}.idempotency_key (
    tenant_id uuid not null default plaza.tenant_id(),
    key text not null check (length(key) between 1 and 255),
    input_hash text not null,
    outcome jsonb,
    created_at timestamptz not null default now(),
    primary key (tenant_id, key)
  );
  ${shutByTenant(`${schema}.idempotency_key`)}
  grant select, insert, update on ${schema}.idempotency_key to plaza_${schema};
  ${forgettable(`${schema}.idempotency_key`, `plaza_${schema}`)}
`;

// Outcomes hold what their caller may see, and another caller may see less. It fits the column whatever the key's length.
const ofCaller = (caller: string, key: string): string =>
  createHash('sha256')
    .update(JSON.stringify([caller, key]))
    .digest('base64url');

/** The hash that tells one command's input from another's, whatever the order of its fields. */
export function inputHash(story: string, input: unknown): string {
  const ordered = JSON.stringify([story, input], (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(ordered).digest('base64url');
}

/**
 * Runs `work` once for each key of a caller. A second call with the same key and input gets the first outcome (after JSON: dates are
 * strings), waiting for it while the first still runs: the unique key blocks its insert until the first commits.
 * Throws CONFLICT when the key was used with another input, BAD_USER_INPUT when it is empty or too long.
 */
export async function once<Outcome>(
  tx: Transaction,
  command: KeyedCommand,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const { schema, tenantId } = command;
  if (command.key === null || command.key === undefined) return work();
  if (command.key.length < 1 || command.key.length > 255) {
    throw badUserInput('idempotencyKey', 'An idempotency key has 1 to 255 characters.');
  }
  const key = ofCaller(command.caller, command.key);
  const table = sql.raw(`${schema}.idempotency_key`);
  const hash = inputHash(command.story, command.input);
  const claimed = await tx.run(
    sql`insert into ${table} (tenant_id, key, input_hash) values (${tenantId}, ${key}, ${hash}) on conflict do nothing`,
  );
  if (claimed === 0) {
    const stored = await tx.one<StoredOutcome<Outcome>>(
      sql`select input_hash as "inputHash", outcome from ${table} where tenant_id = ${tenantId} and key = ${key}`,
    );
    if (stored.inputHash !== hash) throw conflict('This idempotency key was used with another input.');
    return stored.outcome;
  }
  const outcome = await work();
  // travels with the commit, which fails if this does
  void tx.run(
    sql`update ${table} set outcome = ${JSON.stringify(outcome)} where tenant_id = ${tenantId} and key = ${key}`,
  );
  return outcome;
}
