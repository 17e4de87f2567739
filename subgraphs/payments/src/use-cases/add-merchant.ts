import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId, newId } from '@plaza/platform/ids';
import { fromDecimal } from '@plaza/platform/money';
import { requireScope } from '@plaza/platform/viewer';
import { findLocation } from '../contract/spaces.js';
import type { CostBearer, MerchantRow } from '../database/merchant.entity.js';
import { insertMerchant } from '../database/merchant.queries.js';
import type { PaymentsContext } from './context.js';

/** Limits as decimals in the currency of the location; left out: none. */
export interface MerchantLimitsInput {
  perTicket?: string | null;
  perMonth?: string | null;
}

export interface AddMerchantInput {
  locationId: string;
  name: string;
  borneBy: CostBearer;
  limits?: MerchantLimitsInput | null;
  idempotencyKey?: string | null;
}

export type MerchantOutcome<Done extends string> =
  { __typename: Done; merchant: MerchantRow } | { __typename: 'MerchantNameTaken'; message: string };

export const NAME_TAKEN = {
  __typename: 'MerchantNameTaken' as const,
  message: 'The location has a merchant of this name.',
};

/** Allows a business to validate tickets of a location. */
export async function addMerchant(
  on: PaymentsContext,
  input: AddMerchantInput,
): Promise<MerchantOutcome<'MerchantAdded'>> {
  const viewer = requireScope(on.viewer, 'tariffs:write');
  const { locationId, borneBy } = input;
  if (!isId(locationId)) throw notFound('The location');
  const name = merchantName(input.name);
  return on.database.write(viewer, (tx) =>
    once<MerchantOutcome<'MerchantAdded'>>(
      tx,
      keyedCommand('payments', viewer, 'addMerchant', input),
      async () => {
        const location = await findLocation(tx, locationId);
        if (!location) throw notFound('The location');
        const limits = merchantLimits(input.limits ?? {}, location.currencyCode);
        const merchant = await insertMerchant(tx, { id: newId(), locationId, name, borneBy, ...limits });
        return merchant ? { __typename: 'MerchantAdded', merchant } : NAME_TAKEN;
      },
    ),
  );
}

/** A merchant's name; throws BAD_USER_INPUT for one that is empty or longer than 120 characters. */
export function merchantName(given: string): string {
  const name = given.trim();
  if (name.length < 1 || name.length > 120) throw badUserInput('name', 'A name has 1 to 120 characters.');
  return name;
}

/**
 * Limits in minor units; a limit of the month needs one for each ticket, not above it, which is what a stay sets aside of it.
 * Throws BAD_USER_INPUT naming the limit.
 */
export function merchantLimits(
  { perTicket, perMonth }: MerchantLimitsInput,
  currencyCode: string,
): Pick<MerchantRow, 'mostPerTicket' | 'mostPerMonth'> {
  const minor = (field: string, limit: string | null | undefined) => {
    if (limit == null) return null;
    const amount = fromDecimal(limit, currencyCode, `limits.${field}`);
    if (amount <= 0) throw badUserInput(`limits.${field}`, 'A limit is more than nothing.');
    return amount;
  };
  const limits = { mostPerTicket: minor('perTicket', perTicket), mostPerMonth: minor('perMonth', perMonth) };
  if (limits.mostPerMonth !== null && limits.mostPerTicket === null) {
    throw badUserInput('limits.perTicket', 'A limit for the month needs one for each ticket.');
  }
  if (limits.mostPerMonth !== null && (limits.mostPerTicket ?? 0) > limits.mostPerMonth) {
    throw badUserInput('limits.perTicket', 'One ticket cannot cost more than the whole month.');
  }
  return limits;
}
