import { type Connection, ConnectionArgs, pageOf, toConnection } from '@plaza/platform/graphql/connection';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { TicketRow } from '../database/ticket.entity.js';
import {
  countTickets,
  findTicketByCode,
  listTickets,
  type TicketFilter,
} from '../database/ticket.queries.js';
import type { CustomerRow, VehicleRow } from '../database/vehicle.entity.js';
import { plateOf } from '@plaza/platform/plate';
import { ticketCodeOf } from '../domain/ticket-code.js';
import type { TicketStatus } from '../domain/ticket-status.js';
import type { TicketsDeps } from '../use-cases/context.js';
import { TicketStatusEnum } from './enums.js';
import type { TicketsLoaders } from './loaders.js';
import {
  LocationReference,
  SpaceReference,
  TicketChangedType,
  TicketConnection,
  TicketType,
} from './ticket.type.js';
import { CustomerType, VehicleType } from './vehicle.type.js';

@ArgsType()
export class TicketsArgs extends ConnectionArgs {
  @Field(() => ID, { nullable: true, description: 'Only those of this location.' })
  locationId?: string | null;

  @Field(() => TicketStatusEnum, { nullable: true, description: 'Only those that are in this status.' })
  status?: TicketStatus | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only those of the vehicle with this plate, however it is typed.',
  })
  plate?: string | null;

  @Field(() => Date, { nullable: true, description: 'Only those that entered at this instant or later.' })
  enteredFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Only those that entered before this instant.' })
  enteredTo?: Date | null;
}

@Resolver(() => TicketType)
export class TicketResolver {
  constructor(
    private readonly deps: TicketsDeps,
    private readonly load: TicketsLoaders,
  ) {}

  @Query(() => TicketType, {
    nullable: true,
    description: 'A ticket by its id; null when you may not see it.',
  })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  ticket(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The id of the ticket.' }) id: string,
  ): Promise<TicketRow | null> {
    return this.load.ticket(context, id);
  }

  @Query(() => TicketType, {
    nullable: true,
    description: 'A ticket by its code, however it is typed: O for 0, no hyphen.',
  })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  async ticketByCode(
    @Ctx() context: RequestContext,
    @Arg('code', () => String, { description: 'The code on the ticket.' }) typed: string,
  ): Promise<TicketRow | null> {
    const viewer = requireScope(context.viewer, 'tickets:read');
    const code = ticketCodeOf(typed);
    if (!code) return null;
    return (await this.deps.database.read(viewer, (tx) => findTicketByCode(tx, code))) ?? null;
  }

  @Query(() => TicketConnection, { description: 'The tickets that you may see, the newest first.' })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  async tickets(@Ctx() context: RequestContext, @Args() args: TicketsArgs): Promise<Connection<TicketRow>> {
    const viewer = requireScope(context.viewer, 'tickets:read');
    const page = pageOf(args);
    const filter = filterOf(args);
    if (!filter) return toConnection<TicketRow>([], page, () => Promise.resolve(0));
    const rows = await this.deps.database.read(viewer, (tx) => listTickets(tx, filter, page));
    return toConnection(rows, page, () => this.deps.database.read(viewer, (tx) => countTickets(tx, filter)));
  }

  @FieldResolver(() => LocationReference, { nullable: true, description: 'Where the vehicle stays.' })
  location(@Root() { locationId }: TicketRow): LocationReference {
    return { id: locationId };
  }

  @FieldResolver(() => SpaceReference, { nullable: true, description: 'The space that it was given.' })
  space(@Root() { spaceId }: TicketRow): SpaceReference {
    return { id: spaceId };
  }

  @FieldResolver(() => VehicleType, { nullable: true, description: 'The vehicle that stays.' })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  vehicle(@Ctx() context: RequestContext, @Root() { vehicleId }: TicketRow): Promise<VehicleRow | null> {
    return this.load.vehicle(context, vehicleId);
  }

  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: 'Whose vehicle it is; null when nobody registered it.',
  })
  @Directive('@requiresScopes(scopes: [["customers:read"]])')
  async customer(
    @Ctx() context: RequestContext,
    @Root() { vehicleId }: TicketRow,
  ): Promise<CustomerRow | null> {
    const vehicle = await this.load.vehicle(context, vehicleId);
    return vehicle?.customerId ? this.load.customer(context, vehicle.customerId) : null;
  }

  @Subscription(() => TicketChangedType, {
    topics: 'ticketChanged',
    description: 'Every change of a ticket of the location, in order, none left out.',
  })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  @Directive(
    '@eventSource(types: ["ticket.entered", "ticket.settled", "ticket.reopened", "ticket.closed", "ticket.voided", "ticket.lost"], kind: "EVENT", location: "locationId")',
  )
  ticketChanged(
    @Arg('locationId', () => ID, { description: 'The location to watch.' }) _locationId: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Resume after this cursor: first what was missed.',
    })
    _after?: string | null,
  ): TicketChangedType {
    throw new Error('Subscriptions are executed by the gateway.');
  }
}

/** The filter of a list; null where nothing can match it. */
function filterOf({
  locationId,
  plate: typed,
  status,
  enteredFrom,
  enteredTo,
}: TicketsArgs): TicketFilter | null {
  if (locationId && !isId(locationId)) return null;
  const plate = typed == null ? null : plateOf(typed);
  if (typed != null && !plate) return null;
  return { locationId, plate, status, enteredFrom, enteredTo };
}
