import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { appendEvent } from '@plaza/platform/events/append';
import { isId, newId } from '@plaza/platform/ids';
import type { Transaction } from '@plaza/platform/database/transaction';
import { requireScope } from '@plaza/platform/viewer';
import { findLocation } from '../contract/spaces.js';
import { hasEntriesSince } from '../contract/tickets.js';
import { insertVersion, lockTariff } from '../database/tariff.queries.js';
import type { TariffVersionRow } from '../database/tariff-version.entity.js';
import type { RuleFault, TariffRules } from '../domain/tariff/tariff-rules.js';
import type { PaymentsContext } from './context.js';
import { readRules } from './read-tariff-rules.js';
import type { TariffRulesInput } from './tariff-rules-input.js';

export interface PublishTariffInput {
  locationId: string;
  name: string;
  tariff: TariffRulesInput;
  effectiveFrom?: Date | null;
  idempotencyKey?: string | null;
}

export type PublishTariffOutcome =
  | { __typename: 'TariffPublished'; tariff: TariffVersionRow }
  | { __typename: 'TariffInvalid'; message: string; faults: RuleFault[] };

/** Publishes the next version of a location's tariff. Vehicles that are inside keep the version they entered under. */
export async function publishTariff(
  on: PaymentsContext,
  input: PublishTariffInput,
): Promise<PublishTariffOutcome> {
  const viewer = requireScope(on.viewer, 'tariffs:write');
  const { locationId, name } = input;
  if (!isId(locationId)) throw notFound('The location');
  if (name.length < 1 || name.length > 120) throw badUserInput('name', 'A name has 1 to 120 characters.');
  const now = on.clock.now();
  const effectiveFrom = input.effectiveFrom ?? now;
  if (effectiveFrom < now) requireScope(viewer, 'tickets:backdate');
  return on.database.write(viewer, (tx) =>
    once<PublishTariffOutcome>(tx, keyedCommand('payments', viewer, 'publishTariff', input), async () => {
      const [location, tariff] = [await findLocation(tx, locationId), readRules(input.tariff)];
      if (!location) throw notFound('The location');
      if ('faults' in tariff) return invalid(tariff.faults);
      if (tariff.rules.currencyCode !== location.currencyCode) {
        return invalid([
          { path: 'currencyCode', message: `The location charges in ${location.currencyCode}.` },
        ]);
      }
      return publish(tx, { locationId, name, rules: tariff.rules, effectiveFrom, now });
    }),
  );
}

interface Publication {
  locationId: string;
  name: string;
  rules: TariffRules;
  effectiveFrom: Date;
  now: Date;
}

async function publish(tx: Transaction, publication: Publication): Promise<PublishTariffOutcome> {
  const { locationId, name, rules, effectiveFrom, now } = publication;
  const { tariffId, lastNumber, starts } = await lockTariff(tx, locationId);
  // what was charged under a version that has begun stays explained by it
  const fault = starts.some((begins) => begins.getTime() === effectiveFrom.getTime())
    ? 'A version begins at this very instant already: choose another one.'
    : starts.some((begun) => begun <= now && begun > effectiveFrom)
      ? 'A version that has begun is not replaced: choose a later start.'
      : effectiveFrom < now && (await hasEntriesSince(tx, locationId, effectiveFrom))
        ? 'Vehicles have entered since then: what they pay stays as it was. Choose a later start.'
        : null;
  if (fault !== null) return invalid([{ path: 'effectiveFrom', message: fault }]);
  const number = lastNumber + 1;
  const version = { id: newId(), tariffId, locationId, number, name, effectiveFrom, rules };
  const tariff = await insertVersion(tx, version);
  await appendEvent(tx, {
    type: 'tariff.published',
    subject: { type: 'Tariff', id: tariff.id },
    locationId,
    occurredAt: now,
    data: { tariffId: tariff.id, locationId, version: number, effectiveFrom: effectiveFrom.toISOString() },
  });
  return { __typename: 'TariffPublished', tariff };
}

const invalid = (faults: RuleFault[]): PublishTariffOutcome => ({
  __typename: 'TariffInvalid',
  message: `The tariff cannot be published: ${faults.map(({ path }) => path).join(', ')}.`,
  faults,
});
