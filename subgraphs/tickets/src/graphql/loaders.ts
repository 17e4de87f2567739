import { byId, loader, type RequestContext } from '@plaza/platform/graphql/context';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import type { TicketRow } from '../database/ticket.entity.js';
import { findTickets, listTicketsOfCustomers, listTicketsOfVehicles } from '../database/ticket.queries.js';
import type { CustomerRow, VehicleRow } from '../database/vehicle.entity.js';
import { type HourOfArrivals, readArrivals, readTraffic, type Traffic } from '../database/traffic.queries.js';
import { findCustomers, findVehicles, findVehiclesOfCustomers } from '../database/vehicle.queries.js';
import type { TicketsDeps } from '../use-cases/context.js';

const TICKETS = Symbol('tickets');
const VEHICLES = Symbol('vehicles');
const CUSTOMERS = Symbol('customers');
const TRAFFIC = Symbol('traffic by location');
const ARRIVALS = Symbol('arrivals by location');
const VEHICLES_OF_CUSTOMERS = Symbol('vehicles of customers');

/** What is read in batches: one statement for all tickets or vehicles of an answer, however many they are. */
export class TicketsLoaders {
  constructor(private readonly deps: TicketsDeps) {}

  ticket(context: RequestContext, id: string): Promise<TicketRow | null> {
    const viewer = requireScope(context.viewer, 'tickets:read');
    return loader(context, TICKETS, async (ids) =>
      byId(await this.deps.database.read(viewer, (tx) => findTickets(tx, ids.filter(isId)))),
    ).load(id.toLowerCase());
  }

  vehicle(context: RequestContext, id: string): Promise<VehicleRow | null> {
    const viewer = requireScope(context.viewer, 'tickets:read');
    return loader(context, VEHICLES, async (ids) =>
      byId(await this.deps.database.read(viewer, (tx) => findVehicles(tx, ids.filter(isId)))),
    ).load(id.toLowerCase());
  }

  customer(context: RequestContext, id: string): Promise<CustomerRow | null> {
    const viewer = requireScope(context.viewer, 'customers:read');
    return loader(context, CUSTOMERS, async (ids) =>
      byId(await this.deps.database.read(viewer, (tx) => findCustomers(tx, ids.filter(isId)))),
    ).load(id.toLowerCase());
  }

  /** Who came and went at a location; nobody at one that the viewer does not see. */
  traffic(context: RequestContext, locationId: string): Promise<Traffic | null> {
    const viewer = requireScope(context.viewer, 'tickets:read');
    return loader<string, Traffic>(context, TRAFFIC, async (ids) => {
      const at = this.deps.clock.now();
      const rows = await this.deps.database.read(viewer, (tx) => readTraffic(tx, ids.filter(isId), at));
      return new Map(rows.map((row) => [row.locationId, row]));
    }).load(locationId.toLowerCase());
  }

  /** The last 24 hours on a location's clock; null for one that the viewer does not see. */
  arrivals(context: RequestContext, locationId: string): Promise<HourOfArrivals[] | null> {
    const viewer = requireScope(context.viewer, 'tickets:read');
    return loader<string, HourOfArrivals[]>(context, ARRIVALS, async (ids) => {
      const at = this.deps.clock.now();
      const rows = await this.deps.database.read(viewer, (tx) => readArrivals(tx, ids.filter(isId), at));
      return Map.groupBy(rows, (row) => row.locationId);
    }).load(locationId.toLowerCase());
  }

  async vehiclesOfCustomer(context: RequestContext, customerId: string): Promise<VehicleRow[]> {
    const viewer = requireScope(context.viewer, 'customers:read');
    const vehicles = await loader(context, VEHICLES_OF_CUSTOMERS, async (ids) =>
      Map.groupBy(
        await this.deps.database.read(viewer, (tx) => findVehiclesOfCustomers(tx, ids)),
        ({ customerId: owner }) => owner as string,
      ),
    ).load(customerId);
    return vehicles ?? [];
  }

  async ticketsOfVehicle(context: RequestContext, vehicleId: string, limit: number): Promise<TicketRow[]> {
    const viewer = requireScope(context.viewer, 'tickets:read');
    const tickets = await loader(context, Symbol.for(`${limit} tickets of vehicles`), async (ids) =>
      Map.groupBy(
        await this.deps.database.read(viewer, (tx) => listTicketsOfVehicles(tx, ids, limit)),
        (ticket) => ticket.vehicleId,
      ),
    ).load(vehicleId);
    return tickets ?? [];
  }

  async ticketsOfCustomer(context: RequestContext, customerId: string, limit: number): Promise<TicketRow[]> {
    const viewer = requireScope(context.viewer, 'tickets:read');
    const tickets = await loader(context, Symbol.for(`${limit} tickets of customers`), async (ids) =>
      Map.groupBy(
        await this.deps.database.read(viewer, (tx) => listTicketsOfCustomers(tx, ids, limit)),
        (ticket) => ticket.customerId,
      ),
    ).load(customerId);
    return tickets ?? [];
  }
}
