import type { RequestContext } from '@plaza/platform/graphql/context';
import { badUserInput } from '@plaza/platform/errors';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { TicketRow } from '../database/ticket.entity.js';
import type { CustomerRow, VehicleRow } from '../database/vehicle.entity.js';
import { findVehicleByPlate } from '../database/vehicle.queries.js';
import { plateOf } from '@plaza/platform/plate';
import type { TicketsDeps } from '../use-cases/context.js';
import type { TicketsLoaders } from './loaders.js';
import { TicketType } from './ticket.type.js';
import { CustomerType, VehicleType } from './vehicle.type.js';

const MOST_TICKETS = 100;

@Resolver(() => VehicleType)
export class VehicleResolver {
  constructor(
    private readonly deps: TicketsDeps,
    private readonly load: TicketsLoaders,
  ) {}

  @Query(() => VehicleType, {
    nullable: true,
    description: 'A vehicle by its plate, however it is typed; null for none.',
  })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  async vehicle(
    @Ctx() context: RequestContext,
    @Arg('plate', () => String, { description: 'The plate.' }) typed: string,
  ): Promise<VehicleRow | null> {
    const viewer = requireScope(context.viewer, 'tickets:read');
    const plate = plateOf(typed);
    if (!plate) return null;
    return (await this.deps.database.read(viewer, (tx) => findVehicleByPlate(tx, plate))) ?? null;
  }

  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: 'Whose it is; null when nobody registered it.',
  })
  @Directive('@requiresScopes(scopes: [["customers:read"]])')
  customer(
    @Ctx() context: RequestContext,
    @Root() { customerId }: VehicleRow,
  ): Promise<CustomerRow | null> | null {
    return customerId === null ? null : this.load.customer(context, customerId);
  }

  @FieldResolver(() => [TicketType], { description: 'Its latest tickets, the newest first.' })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  tickets(
    @Ctx() context: RequestContext,
    @Root() { id }: VehicleRow,
    @Arg('first', () => Int, { defaultValue: 20, description: 'At most so many, up to 100.' }) first: number,
  ): Promise<TicketRow[]> {
    return this.load.ticketsOfVehicle(context, id, validLimit(first));
  }
}

@Resolver(() => CustomerType)
export class CustomerResolver {
  constructor(private readonly load: TicketsLoaders) {}

  @Query(() => CustomerType, { nullable: true, description: 'A customer by their id; null for none.' })
  @Directive('@requiresScopes(scopes: [["customers:read"]])')
  customer(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The id of the customer.' }) id: string,
  ): Promise<CustomerRow | null> {
    return this.load.customer(context, id);
  }

  @FieldResolver(() => [VehicleType], { description: 'Their vehicles.' })
  vehicles(@Ctx() context: RequestContext, @Root() { id }: CustomerRow): Promise<VehicleRow[]> {
    return this.load.vehiclesOfCustomer(context, id);
  }

  @FieldResolver(() => [TicketType], {
    description: 'The latest tickets of their vehicles, the newest first.',
  })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  tickets(
    @Ctx() context: RequestContext,
    @Root() { id }: CustomerRow,
    @Arg('first', () => Int, { defaultValue: 20, description: 'At most so many, up to 100.' }) first: number,
  ): Promise<TicketRow[]> {
    return this.load.ticketsOfCustomer(context, id, validLimit(first));
  }
}

function validLimit(first: number): number {
  if (first < 0 || first > MOST_TICKETS)
    throw badUserInput('first', `A list has 0 to ${MOST_TICKETS} entries.`);
  return first;
}
