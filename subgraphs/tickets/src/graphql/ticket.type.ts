import { connectionType } from '@plaza/platform/graphql/connection';
import { EventEnvelope } from '@plaza/platform/graphql/event-envelope';
import { Directive, Field, Float, ID, ObjectType } from 'type-graphql';
import type { TicketStatus } from '../domain/ticket-status.js';
import type { VehicleKind } from '../domain/vehicle-kind.js';
import { TicketStatusEnum, VehicleKindEnum } from './enums.js';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Location', { description: 'A place whose spaces are sold by time.' })
export class LocationReference {
  @Field(() => ID, { description: 'The id of the location.' })
  id!: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Space', { description: 'What one vehicle, person or party can take for a time.' })
export class SpaceReference {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Ticket', { description: 'A stay of a vehicle at a location.' })
export class TicketType {
  @Field(() => ID, { description: 'The id of the ticket.' })
  id!: string;

  @Field({
    description:
      'What is printed on it and shown as a QR code, such as "K7Q29-XWM4T"; unique in the organization.',
  })
  code!: string;

  @Field(() => TicketStatusEnum, { description: 'Where the stay stands.' })
  status!: TicketStatus;

  @Field(() => VehicleKindEnum, { description: 'As what the vehicle entered.' })
  vehicleKind!: VehicleKind;

  @Field(() => Date, { description: 'When the vehicle entered.' })
  enteredAt!: Date;

  @Field(() => Float, {
    nullable: true,
    description:
      'The share (0 to 1) of the spaces in service that were taken when the vehicle came, itself not counted: what a tariff ' +
      'with demand prices goes by. Null where no tariff of ' +
      'the location asks for it.',
  })
  occupancyAtEntry!: number | null;

  @Field(() => Date, { nullable: true, description: 'When the stay was last paid in full; null before.' })
  settledAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the vehicle left; null while it is inside.' })
  exitedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was voided, where somebody said so.' })
  voidReason!: string | null;
}

export const TicketConnection = connectionType(TicketType, 'Ticket');

@Directive('@key(fields: "eventId")')
@ObjectType('TicketChanged', {
  implements: EventEnvelope,
  description: 'A vehicle entered or left, or its ticket was settled, voided or lost.',
})
export class TicketChangedType extends EventEnvelope {
  @Field(() => TicketType, {
    nullable: true,
    description: 'The ticket as it is now; null when you may not see it.',
  })
  ticket!: TicketType | null;
}
