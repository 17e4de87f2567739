import type { KeyedCommand } from '@plaza/platform/database/idempotency';
import type { Viewer } from '@plaza/platform/viewer';

/** A story's input with its idempotency key apart, as `once` wants them. */
export function keyed(
  story: string,
  { idempotencyKey, ...input }: { idempotencyKey?: string | null },
  { tenantId }: Viewer,
): KeyedCommand {
  return { key: idempotencyKey, story, input, schema: 'payments', tenantId };
}
