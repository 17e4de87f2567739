import { byId, loader, type RequestContext } from '@plaza/platform/graphql/context';
import { isId } from '@plaza/platform/ids';
import { requireViewer } from '@plaza/platform/viewer';
import type { LocationTerms } from '../contract/spaces.js';
import { findLocations } from '../contract/spaces.js';
import type { MerchantRow } from '../database/merchant.entity.js';
import {
  type MerchantDebt,
  readDebts,
  readMerchants,
  readMerchantsOf,
} from '../database/merchant.queries.js';
import type { ValidationRow } from '../database/validation.entity.js';
import { readValidationsOf } from '../database/validation.queries.js';
import type { PaymentsDeps } from '../use-cases/context.js';

const MERCHANTS = Symbol('merchants');
const MERCHANTS_OF_LOCATIONS = Symbol('merchants by location');
const VALIDATIONS_OF_TICKETS = Symbol('validations by ticket');
const DEBTS = Symbol('debts by merchant');
const TERMS = Symbol('terms by location');

/** What is read of merchants in batches, in the viewer's name. */
export class MerchantLoaders {
  constructor(private readonly deps: PaymentsDeps) {}

  merchant(context: RequestContext, id: string): Promise<MerchantRow | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, MerchantRow>(context, MERCHANTS, async (ids) =>
      byId(await this.deps.database.read(viewer, (tx) => readMerchants(tx, ids.filter(isId)))),
    ).load(id.toLowerCase());
  }

  async merchantsOf(context: RequestContext, locationId: string): Promise<MerchantRow[]> {
    const viewer = requireViewer(context.viewer);
    const merchants = loader<string, MerchantRow[]>(context, MERCHANTS_OF_LOCATIONS, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => readMerchantsOf(tx, ids.filter(isId)));
      return Map.groupBy(rows, (row) => row.locationId);
    });
    return (await merchants.load(locationId.toLowerCase())) ?? [];
  }

  async validationsOf(context: RequestContext, ticketId: string): Promise<ValidationRow[]> {
    const viewer = requireViewer(context.viewer);
    const validations = loader<string, ValidationRow[]>(context, VALIDATIONS_OF_TICKETS, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => readValidationsOf(tx, ids.filter(isId)));
      return Map.groupBy(rows, (row) => row.ticketId);
    });
    return (await validations.load(ticketId.toLowerCase())) ?? [];
  }

  /** What a merchant owes, in minor units. */
  async debt(context: RequestContext, merchantId: string): Promise<number> {
    const viewer = requireViewer(context.viewer);
    const debts = loader<string, MerchantDebt>(context, DEBTS, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => readDebts(tx, ids));
      return new Map(rows.map((row) => [row.merchantId, row]));
    });
    return (await debts.load(merchantId))?.amount ?? 0;
  }

  /** The currency in which a location's merchants are limited. */
  async currencyOf(context: RequestContext, locationId: string): Promise<string> {
    const viewer = requireViewer(context.viewer);
    const terms = await loader<string, LocationTerms>(context, TERMS, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => findLocations(tx, ids));
      return new Map(rows.map((row) => [row.locationId, row]));
    }).load(locationId);
    if (!terms) throw new Error(`Location ${locationId} is gone.`);
    return terms.currencyCode;
  }
}
