import { registerEnumType } from 'type-graphql';
import { TICKET_STATUSES, type TicketStatus } from '../domain/ticket-status.js';
import { VEHICLE_KINDS, type VehicleKind } from '../domain/vehicle-kind.js';

const asEnum = <Value extends string>(values: readonly Value[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;

export const TicketStatusEnum = asEnum<TicketStatus>(TICKET_STATUSES);
export const VehicleKindEnum = asEnum<VehicleKind>(VEHICLE_KINDS);

registerEnumType(TicketStatusEnum, {
  name: 'TicketStatus',
  description: 'Where a stay stands.',
  valuesConfig: {
    OPEN: { description: 'The vehicle is inside and has to pay before it leaves.' },
    SETTLED: { description: 'The vehicle is inside, has paid and may leave within the exit grace.' },
    CLOSED: { description: 'The vehicle has left.' },
    VOID: { description: 'The ticket was cancelled; nothing is charged.' },
    LOST: { description: 'The vehicle is inside and its driver lost the ticket.' },
  },
});

registerEnumType(VehicleKindEnum, {
  name: 'VehicleKind',
  description: 'What enters: decides the kind of space, and may decide the price.',
  valuesConfig: {
    CAR: { description: 'A car; takes a space for cars.' },
    MOTORCYCLE: {
      description: 'A motorcycle; takes a space for motorcycles, or for cars where none is free.',
    },
    TRUCK: { description: 'A truck or a coach; takes a space for trucks.' },
  },
});
