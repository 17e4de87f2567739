import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
import {
  Arg,
  Ctx,
  createUnionType,
  Directive,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { VehicleKind } from '../domain/vehicle-kind.js';
import type { TicketsDeps } from '../use-cases/context.js';
import { recordEntry, type RecordEntryInput, type RecordEntryOutcome } from '../use-cases/record-entry.js';
import { VehicleKindEnum } from './enums.js';
import { LocationReference, SpaceReference, TicketType } from './ticket.type.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';

@InputType('RecordEntryInput', { description: 'A vehicle at the gate.' })
export class RecordEntryInputType implements RecordEntryInput {
  @Field(() => ID, { description: 'The location that it enters.' })
  locationId!: string;

  @Field({
    description: 'Its plate, 1 to 16 letters and digits of any script; blanks and hyphens do not count.',
  })
  plate!: string;

  @Field(() => VehicleKindEnum, {
    nullable: true,
    description: 'What it is; left out: as it is known, or a car.',
  })
  vehicleKind?: VehicleKind | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The space that it takes; left out: a free one that fits is chosen.',
  })
  spaceId?: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it entered; left out: now. More than a minute ago takes the scope tickets:backdate.',
  })
  enteredAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input gets the first result again; 1 to 255 characters.',
  })
  idempotencyKey?: string | null;
}

@ObjectType('VehicleEntered', { description: 'The vehicle is inside.' })
export class VehicleEnteredType {
  @Field(() => TicketType, { description: 'Its ticket.' })
  ticket!: TicketType;
}

@ObjectType('NoSpaceAvailable', {
  implements: Problem,
  description: 'The location has no free space for this kind of vehicle; nobody entered.',
})
export class NoSpaceAvailableType extends Problem {
  @Field(() => LocationReference, { nullable: true, description: 'The location.' })
  location!: LocationReference;
}

@ObjectType('SpaceNotAvailable', {
  implements: Problem,
  description: 'The chosen space is occupied, reserved or out of service; nobody entered.',
})
export class SpaceNotAvailableType extends Problem {
  @Field(() => SpaceReference, { nullable: true, description: 'The space.' })
  space!: SpaceReference;
}

@ObjectType('VehicleAlreadyInside', {
  implements: Problem,
  description: 'A vehicle with this plate is inside the location already; nobody entered.',
})
export class VehicleAlreadyInsideType extends Problem {
  @Field(() => TicketType, { description: 'The ticket that it has.' })
  ticket!: TicketType;
}

export const RecordEntryResult = createUnionType({
  name: 'RecordEntryResult',
  description: 'What became of recordEntry.',
  types: () =>
    [VehicleEnteredType, NoSpaceAvailableType, SpaceNotAvailableType, VehicleAlreadyInsideType] as const,
  resolveType: byTypename,
});

@Resolver()
export class RecordEntryMutation {
  constructor(private readonly deps: TicketsDeps) {}

  @Mutation(() => RecordEntryResult, {
    description: 'A vehicle enters: it gets a ticket and a space, or neither.',
  })
  @Directive('@requiresScopes(scopes: [["tickets:write"]])')
  recordEntry(
    @Ctx() { viewer }: RequestContext,
    @Arg('input', () => RecordEntryInputType, { description: 'The vehicle at the gate.' })
    input: RecordEntryInputType,
  ): Promise<RecordEntryOutcome> {
    return recordEntry({ ...this.deps, viewer }, input);
  }
}
