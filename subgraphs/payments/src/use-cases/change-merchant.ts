import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { findLocation } from '../contract/spaces.js';
import type { CostBearer } from '../database/merchant.entity.js';
import { lockMerchant, readMerchantsOf, updateMerchant } from '../database/merchant.queries.js';
import {
  merchantLimits,
  type MerchantLimitsInput,
  merchantName,
  type MerchantOutcome,
  NAME_TAKEN,
} from './add-merchant.js';
import type { PaymentsContext } from './context.js';

export interface ChangeMerchantInput {
  merchantId: string;
  name?: string | null;
  borneBy?: CostBearer | null;
  limits?: MerchantLimitsInput | null;
  active?: boolean | null;
  idempotencyKey?: string | null;
}

/** Changes what is given; what the merchant validated before stays as it was. */
export async function changeMerchant(
  on: PaymentsContext,
  input: ChangeMerchantInput,
): Promise<MerchantOutcome<'MerchantChanged'>> {
  const viewer = requireScope(on.viewer, 'tariffs:write');
  if (!isId(input.merchantId)) throw notFound('The merchant');
  return on.database.write(viewer, (tx) =>
    once<MerchantOutcome<'MerchantChanged'>>(
      tx,
      keyedCommand('payments', viewer, 'changeMerchant', input),
      async () => {
        const merchant = await lockMerchant(tx, input.merchantId);
        if (!merchant) throw notFound('The merchant');
        const location = await findLocation(tx, merchant.locationId);
        if (!location) throw notFound('The merchant');
        const name = input.name == null ? merchant.name : merchantName(input.name);
        const others = await readMerchantsOf(tx, [merchant.locationId]);
        if (others.some((other) => other.id !== merchant.id && other.name === name)) return NAME_TAKEN;
        const changed = await updateMerchant(tx, {
          ...merchant,
          name,
          borneBy: input.borneBy ?? merchant.borneBy,
          active: input.active ?? merchant.active,
          ...(input.limits && merchantLimits(input.limits, location.currencyCode)),
        });
        return { __typename: 'MerchantChanged', merchant: changed };
      },
    ),
  );
}
