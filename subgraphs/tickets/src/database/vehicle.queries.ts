import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { Customer, type CustomerRow, Vehicle, type VehicleRow } from './vehicle.entity.js';

export const findVehicles = (tx: Transaction, ids: readonly string[]): Promise<VehicleRow[]> =>
  tx.rows<VehicleRow>(
    sql`select ${sql.columns(Vehicle)} from tickets.vehicle where id = any (${ids}::uuid[])`,
  );

export const findVehicleByPlate = (tx: Transaction, plate: string): Promise<VehicleRow | undefined> =>
  tx.row<VehicleRow>(sql`select ${sql.columns(Vehicle)} from tickets.vehicle where plate = ${plate}`);

export const findVehiclesOfCustomers = (
  tx: Transaction,
  customerIds: readonly string[],
): Promise<VehicleRow[]> =>
  tx.rows<VehicleRow>(sql`
    select ${sql.columns(Vehicle)} from tickets.vehicle where customer_id = any (${customerIds}::uuid[]) order by id`);

export const findCustomers = (tx: Transaction, ids: readonly string[]): Promise<CustomerRow[]> =>
  tx.rows<CustomerRow>(
    sql`select ${sql.columns(Customer)} from tickets.customer where id = any (${ids}::uuid[])`,
  );

export const insertCustomer = (
  tx: Transaction,
  { id, name, email }: { id: string; name: string; email: string | null },
): Promise<CustomerRow> =>
  tx.one<CustomerRow>(sql`
    insert into tickets.customer (id, name, email) values (${id}, ${name}, ${email}) returning ${sql.columns(Customer)}`);

/** Which of these locked plates belong to a customer already. */
export async function ownedPlates(tx: Transaction, plates: readonly string[]): Promise<string[]> {
  const owned = await tx.rows<{ plate: string }>(sql`
    select plate from tickets.vehicle where plate = any (${plates}::text[]) and customer_id is not null order by plate`);
  return owned.map(({ plate }) => plate);
}

/** Gives vehicles, by their locked plates, to a customer; those that were never here are made, as cars. */
export const giveVehicles = (
  tx: Transaction,
  customerId: string,
  plates: readonly string[],
): Promise<number> =>
  tx.run(sql`
    insert into tickets.vehicle (plate, kind, customer_id) select unnest(${plates}::text[]), 'CAR', ${customerId}
    on conflict on constraint vehicle_plate_is_taken do update set customer_id = excluded.customer_id`);
