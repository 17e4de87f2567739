import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { notFound } from '@plaza/platform/errors';
import { appendEvent } from '@plaza/platform/events/append';
import { isId, newId } from '@plaza/platform/ids';
import { isCurrencyCode } from '@plaza/platform/money';
import type { Transaction } from '@plaza/platform/database/transaction';
import { requireScope } from '@plaza/platform/viewer';
import { findLocation } from '../contract/spaces.js';
import { hasEntriesSince, hasStaysSince } from '../contract/tickets.js';
import { insertVersion, type LockedTariff, lockTariff, type NewVersion } from '../database/tariff.queries.js';
import type { TariffVersionRow } from '../database/tariff-version.entity.js';
import type { RuleFault } from '../domain/tariff/tariff-rules.js';
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

const LONGEST_NAME = 120;

/** Publishes the next version of a location's tariff. Vehicles that are inside keep the version they entered under. */
export async function publishTariff(
  on: PaymentsContext,
  input: PublishTariffInput,
): Promise<PublishTariffOutcome> {
  const viewer = requireScope(on.viewer, 'tariffs:write');
  const { locationId, name } = input;
  if (!isId(locationId)) throw notFound('The location');
  const now = on.clock.now();
  const effectiveFrom = input.effectiveFrom ?? now;
  if (effectiveFrom < now) requireScope(viewer, 'tickets:backdate');
  return on.database.write(viewer, (tx) =>
    once<PublishTariffOutcome>(tx, keyedCommand('payments', viewer, 'publishTariff', input), async () => {
      const location = await findLocation(tx, locationId);
      if (!location) throw notFound('The location');
      const tariff = await lockTariff(tx, locationId);
      const start = await faultOfStart(tx, tariff, { locationId, effectiveFrom, now });
      const read = readRules(input.tariff);
      const faults = [
        ...faultsOfName(name),
        ...('faults' in read ? read.faults : []),
        ...faultsOfCurrency(input.tariff, location.currencyCode),
        ...(start === null ? [] : [{ path: 'effectiveFrom', message: start }]),
      ];
      if ('faults' in read || faults.length > 0) return invalid(faults);
      const number = tariff.lastNumber + 1;
      const version = {
        tariffId: tariff.tariffId,
        locationId,
        number,
        name,
        effectiveFrom,
        rules: read.rules,
      };
      return publish(tx, { id: newId(), ...version }, now);
    }),
  );
}

const faultsOfName = (name: string): RuleFault[] =>
  name.length <= LONGEST_NAME && /\S/.test(name)
    ? []
    : [{ path: 'name', message: `A name has 1 to ${LONGEST_NAME} characters and is not blank.` }];

const faultsOfCurrency = (tariff: TariffRulesInput, ofLocation: string): RuleFault[] =>
  tariff.currencyCode === ofLocation || !isCurrencyCode(tariff.currencyCode)
    ? []
    : [{ path: 'currencyCode', message: `The location charges in ${ofLocation}.` }];

interface Start {
  locationId: string;
  effectiveFrom: Date;
  now: Date;
}

/** Why no version can begin then; null: one can. What was charged under a version that has begun stays explained by it. */
async function faultOfStart(
  tx: Transaction,
  { starts, splits }: LockedTariff,
  { locationId, effectiveFrom, now }: Start,
): Promise<string | null> {
  if (starts.some((begins) => begins.getTime() === effectiveFrom.getTime()))
    return 'A version begins at this very instant already: choose another one.';
  if (starts.some((begun) => begun <= now && begun > effectiveFrom))
    return 'A version that has begun is not replaced: choose a later start.';
  if (effectiveFrom >= now) return null;
  if (await hasEntriesSince(tx, locationId, effectiveFrom))
    return 'Vehicles have entered since then: what they pay stays as it was. Choose a later start.';
  return splits && (await hasStaysSince(tx, locationId, effectiveFrom))
    ? 'Vehicles were inside since then, and their tariff would price them anew: choose a later start.'
    : null;
}

async function publish(tx: Transaction, version: NewVersion, now: Date): Promise<PublishTariffOutcome> {
  const { locationId, number, effectiveFrom } = version;
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
