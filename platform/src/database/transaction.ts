import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import { isAbortedTransaction } from './postgres-errors.js';
import { prepare, type Statement } from './sql.js';

/**
 * An open transaction. Statements go out at once, without waiting for the answers to earlier ones, and are executed in
 * the order of the calls: issue independent ones together and await them together.
 */
export class Transaction {
  private failure: Error | undefined;

  constructor(private readonly client: PoolClient) {}

  /** Why nothing can be committed any more: the first failure of a statement, awaited or not. */
  get failed(): Error | undefined {
    return this.failure;
  }

  rows<Row>(statement: Statement): Promise<Row[]> {
    return this.execute(statement, (result) => result.rows as Row[]);
  }

  /** The first row, or undefined where there is none. */
  row<Row>(statement: Statement): Promise<Row | undefined> {
    return this.execute(statement, (result) => result.rows[0] as Row | undefined);
  }

  /** The one row that must be there; anything else is a mistake of ours and throws. */
  one<Row>(statement: Statement): Promise<Row> {
    return this.execute(statement, ({ rows }) => {
      if (rows.length !== 1) throw new Error(`Expected one row, found ${rows.length}.`);
      return rows[0] as Row;
    });
  }

  /** Runs a command and tells how many rows it touched. */
  run(statement: Statement): Promise<number> {
    return this.execute(statement, (result) => result.rowCount ?? 0);
  }

  private execute<Answer>(
    statement: Statement,
    answer: (result: QueryResult<QueryResultRow>) => Answer,
  ): Promise<Answer> {
    const pending = this.client.query<QueryResultRow>(prepare(statement)).then(answer, (error: Error) => {
      // pipelined statements behind a failed one fail too: tell the first reason, not its echo
      const echo = this.failure !== undefined && isAbortedTransaction(error);
      this.failure ??= error;
      throw echo ? this.failure : error;
    });
    // a story that stops at the first failure leaves the later answers unawaited
    pending.catch(() => undefined);
    return pending;
  }
}

/**
 * For what is awaited late or never, so that it travels with the statements after it: the key of a command, the commit. Its failure
 * is that of the transaction, which cannot be committed then.
 */
export function sent<Answer>(answer: Promise<Answer>): Promise<Answer> {
  answer.catch(() => undefined);
  return answer;
}
