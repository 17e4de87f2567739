import { byId, loader, type RequestContext } from '@plaza/platform/graphql/context';
import { isId } from '@plaza/platform/ids';
import { requireViewer } from '@plaza/platform/viewer';
import type { CashShiftRow } from '../database/cash-shift.entity.js';
import { readOpenShifts, readShiftCash, readShifts, type ShiftCash } from '../database/cash-shift.queries.js';
import type { PaymentsDeps } from '../use-cases/context.js';

const SHIFTS = Symbol('cash shifts');
const OPEN_SHIFTS = Symbol('open cash shifts by location');
const CASH = Symbol('cash by shift');

/** What is read of cash drawers in batches, in the viewer's name. */
export class CashLoaders {
  constructor(private readonly deps: PaymentsDeps) {}

  shift(context: RequestContext, id: string): Promise<CashShiftRow | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, CashShiftRow>(context, SHIFTS, async (ids) =>
      byId(await this.deps.database.read(viewer, (tx) => readShifts(tx, ids.filter(isId)))),
    ).load(id.toLowerCase());
  }

  openShift(context: RequestContext, locationId: string): Promise<CashShiftRow | null> {
    const viewer = requireViewer(context.viewer);
    return loader<string, CashShiftRow>(context, OPEN_SHIFTS, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => readOpenShifts(tx, ids.filter(isId)));
      return new Map(rows.map((row) => [row.locationId, row]));
    }).load(locationId.toLowerCase());
  }

  /** The cash that moved during a shift. */
  async cashOf(context: RequestContext, shiftId: string): Promise<ShiftCash> {
    const viewer = requireViewer(context.viewer);
    const cash = loader<string, ShiftCash>(context, CASH, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => readShiftCash(tx, ids));
      return new Map(rows.map((row) => [row.shiftId, row]));
    });
    return (await cash.load(shiftId)) ?? { shiftId, received: 0, givenBack: 0, payments: 0, refunds: 0 };
  }
}
