import { createHash } from 'node:crypto';
import type { Database } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import type { Logger } from '@plaza/platform/server/logger';
import type { Viewer } from '@plaza/platform/viewer';
import { type ExecutionResult, OperationTypeNode, print } from 'graphql';
import type { OperationRequest } from '../execution/executor.js';
import type { CallContext } from '../execution/subgraph-source.js';
import { isUnfinished } from '../execution/unfinished.js';
import { type Operations, PreparedOperation } from '../graph/prepare.js';
import { everyFieldHasKey } from './keys.js';

/**
 * Gives a command that comes again under its idempotency keys the answer that its first caller got, byte for byte. A
 * subgraph replays its own part; what the gateway joined to it from other subgraphs may have changed since.
 */
export class KeptAnswers {
  constructor(
    private readonly operations: Operations,
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  /** The first answer to this command: `answer`, unless an earlier one is kept. */
  async first(
    request: OperationRequest,
    context: CallContext,
    answer: ExecutionResult,
  ): Promise<ExecutionResult> {
    const { viewer } = context;
    if (!viewer || answer.errors || !answer.data || isUnfinished(answer)) return answer;
    const prepared = this.operations.prepare(request.document, request.operationName);
    if (!(prepared instanceof PreparedOperation) || !this.isJoinedCommand(prepared, viewer)) return answer;
    if (!everyFieldHasKey(prepared.operation, request.variables ?? {})) return answer;
    try {
      const kept = await this.keep(viewer, fingerprint(request, viewer), JSON.stringify(answer.data));
      return kept === null ? answer : { data: JSON.parse(kept) as Record<string, unknown> };
    } catch (error) {
      // what has happened is not to be told as a failure
      this.logger.error({ error, requestId: context.requestId }, 'The answer could not be kept.');
      return answer;
    }
  }

  /** What a single fetch answered needs no keeping: its subgraph replays it whole. */
  private isJoinedCommand(prepared: PreparedOperation, viewer: Viewer): boolean {
    return (
      prepared.operation.operation === OperationTypeNode.MUTATION &&
      prepared.permissionFor(viewer).plan?.kind !== 'Fetch'
    );
  }

  /** Keeps the answer when it is the first; otherwise returns the one that is kept. */
  private keep(viewer: Viewer, of: Buffer, answer: string): Promise<string | null> {
    return this.database.write(viewer, async (tx) => {
      // a power cut may lose the last moments: then the subgraphs' replays are joined anew
      void tx.run(sql`set local synchronous_commit = off`);
      const [added, row] = await Promise.all([
        tx.run(
          sql`insert into gateway.kept_answer (fingerprint, answer) values (${of}, ${answer}) on conflict do nothing`,
        ),
        tx.one<{ answer: string }>(
          sql`select answer from gateway.kept_answer where tenant_id = ${viewer.tenantId} and fingerprint = ${of}`,
        ),
      ]);
      return added === 1 ? null : row.answer;
    });
  }
}

function fingerprint({ document, operationName, variables }: OperationRequest, viewer: Viewer): Buffer {
  const text = document.loc?.source.body ?? print(document);
  return createHash('sha256')
    .update(JSON.stringify([viewer.id, text, operationName, variables]))
    .digest();
}
