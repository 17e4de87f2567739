import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { newId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { lockPlates } from '../database/entry.queries.js';
import type { CustomerRow } from '../database/vehicle.entity.js';
import { giveVehicles, insertCustomer, ownedPlates } from '../database/vehicle.queries.js';
import { validCustomer } from '../domain/customer.js';
import type { TicketsContext } from './context.js';

export interface RegisterCustomerInput {
  name: string;
  email?: string | null;
  plates?: string[] | null;
  idempotencyKey?: string | null;
}

export type RegisterCustomerOutcome =
  | { __typename: 'CustomerRegistered'; customer: CustomerRow }
  | { __typename: 'PlateTaken'; message: string; plates: string[] };

/** Makes a customer known, with the vehicles that are theirs. */
export async function registerCustomer(
  on: TicketsContext,
  input: RegisterCustomerInput,
): Promise<RegisterCustomerOutcome> {
  const viewer = requireScope(on.viewer, 'customers:write');
  const { name, email, plates } = validCustomer(input);

  return on.database.write(viewer, (tx) =>
    once(
      tx,
      keyedCommand('tickets', viewer, 'registerCustomer', input),
      async (): Promise<RegisterCustomerOutcome> => {
        const [, owned] = await Promise.all([lockPlates(tx, plates), ownedPlates(tx, plates)]);
        if (owned.length > 0) {
          return {
            __typename: 'PlateTaken',
            message: `The plate ${owned[0]} belongs to another customer.`,
            plates: owned,
          };
        }
        const id = newId();
        const [customer] = await Promise.all([
          insertCustomer(tx, { id, name, email }),
          giveVehicles(tx, id, plates),
        ]);
        return { __typename: 'CustomerRegistered', customer };
      },
    ),
  );
}
