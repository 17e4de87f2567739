import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import type { Transaction } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { appendEvent } from '@plaza/platform/events/append';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { lockVersion, retireVersion } from '../database/tariff.queries.js';
import type { TariffVersionRow } from '../database/tariff-version.entity.js';
import type { PaymentsContext } from './context.js';

export interface RetireTariffInput {
  /** The version. */
  tariffId: string;
  from?: Date | null;
  idempotencyKey?: string | null;
}

export type RetireTariffOutcome =
  | { __typename: 'TariffRetired'; tariff: TariffVersionRow }
  | { __typename: 'TariffEnded'; message: string; tariff: TariffVersionRow };

/**
 * Ends a version from an instant on (now unless told); one that has not begun is withdrawn as a whole unless a later
 * instant is told. Vehicles inside keep it. Throws BAD_USER_INPUT for an instant that has passed.
 */
export async function retireTariff(
  on: PaymentsContext,
  input: RetireTariffInput,
): Promise<RetireTariffOutcome> {
  const viewer = requireScope(on.viewer, 'tariffs:write');
  const now = on.clock.now();
  if (!isId(input.tariffId)) throw notFound('The tariff');
  if (input.from && input.from < now)
    throw badUserInput('from', 'What was charged stays as it was: this has passed.');
  return on.database.write(viewer, (tx) =>
    once<RetireTariffOutcome>(tx, keyedCommand('payments', viewer, 'retireTariff', input), () =>
      retire(tx, input, now),
    ),
  );
}

async function retire(
  tx: Transaction,
  { tariffId, from }: RetireTariffInput,
  now: Date,
): Promise<RetireTariffOutcome> {
  const version = await lockVersion(tx, tariffId);
  if (!version) throw notFound('The tariff');
  const begins = version.effectiveFrom;
  const retiredFrom = from && from > begins ? from : begins > now ? begins : (from ?? now);
  const ended = version.effectiveUntil ? version.effectiveUntil <= retiredFrom : false;
  if (ended || !(await retireVersion(tx, version, retiredFrom))) {
    const message = 'This version ends by itself before that, or was retired already.';
    return { __typename: 'TariffEnded', message, tariff: version };
  }
  await appendEvent(tx, {
    type: 'tariff.retired',
    subject: { type: 'Tariff', id: tariffId },
    locationId: version.locationId,
    occurredAt: now,
    data: {
      tariffId,
      locationId: version.locationId,
      version: version.number,
      retiredFrom: retiredFrom.toISOString(),
    },
  });
  return { __typename: 'TariffRetired', tariff: { ...version, retiredFrom, effectiveUntil: retiredFrom } };
}
