import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId, newId } from '@plaza/platform/ids';
import { requirePlate } from '@plaza/platform/plate';
import { requireScope } from '@plaza/platform/viewer';
import { findLocations } from '../contract/spaces.js';
import { insertPermit, type PermitRow } from '../database/permit.queries.js';
import type { Window } from '../domain/tariff/tariff-rules.js';
import { MIDNIGHT, minutesOfClock } from './clock-times.js';
import type { PaymentsContext } from './context.js';
import { appendPermitEvent } from './permit-event.js';
import type { WindowInput } from './tariff-rules-input.js';

export interface GrantPermitInput {
  plate: string;
  locationIds: string[];
  /** Empty: always. */
  windows?: WindowInput[] | null;
  /** Now unless told; not before now. */
  validFrom?: Date | null;
  validTo?: Date | null;
  idempotencyKey?: string | null;
}

export interface PermitGranted {
  __typename: 'PermitGranted';
  permits: PermitRow[];
}

const MOST_LOCATIONS = 100;
const MOST_WINDOWS = 20;
const ALWAYS: Window = { days: [], from: 0, to: MIDNIGHT };

/** The stays of a vehicle that begin while the permit is valid cost nothing in its hours, at each of these locations. */
export async function grantPermit(on: PaymentsContext, input: GrantPermitInput): Promise<PermitGranted> {
  const viewer = requireScope(on.viewer, 'customers:write');
  const plate = requirePlate(input.plate, 'plate');
  const windows = windowsOf(input.windows ?? []);
  const locationIds = [...new Set(input.locationIds.map((id) => id.toLowerCase()))];
  if (locationIds.length < 1 || locationIds.length > MOST_LOCATIONS) {
    throw badUserInput('locationIds', `From 1 to ${MOST_LOCATIONS} locations.`);
  }
  if (!locationIds.every(isId)) throw notFound('The location');
  const grantedAt = on.clock.now();
  const { validFrom = null, validTo = null } = input;
  if (validFrom && validFrom < grantedAt) {
    throw badUserInput('validFrom', 'A permit is not valid before it is granted.');
  }
  if (validTo && validTo <= (validFrom ?? grantedAt)) {
    throw badUserInput('validTo', 'This does not lie after the beginning.');
  }
  return on.database.write(viewer, (tx) =>
    once<PermitGranted>(tx, keyedCommand('payments', viewer, 'grantPermit', input), async () => {
      if ((await findLocations(tx, locationIds)).length < locationIds.length) throw notFound('The location');
      const span = { validFrom: validFrom ?? grantedAt, validTo, grantedAt };
      const permits = locationIds.map((locationId) => ({ id: newId(), locationId, plate, windows, ...span }));
      const granted = await Promise.all(permits.map((permit) => insertPermit(tx, permit)));
      const event = { type: 'permit.granted', occurredAt: grantedAt } as const;
      await Promise.all(permits.map((permit) => appendPermitEvent(tx, permit, event)));
      return { __typename: 'PermitGranted', permits: granted };
    }),
  );
}

function windowsOf(windows: readonly WindowInput[]): Window[] {
  if (windows.length > MOST_WINDOWS) throw badUserInput('windows', `At most ${MOST_WINDOWS}.`);
  if (windows.length === 0) return [ALWAYS];
  return windows.map(({ days, from, to }, at) => {
    const [begins, ends] = [minutesOfClock(from), minutesOfClock(to)];
    const says = 'A local time such as "08:00"; "24:00" only at the end.';
    if (begins === null || begins === MIDNIGHT) throw badUserInput(`windows.${at}.from`, says);
    if (ends === null) throw badUserInput(`windows.${at}.to`, says);
    return { days: days ?? [], from: begins, to: ends || MIDNIGHT };
  });
}
