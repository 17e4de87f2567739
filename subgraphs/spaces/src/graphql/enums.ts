import { registerEnumType } from 'type-graphql';
import { SPACE_KINDS, SPACE_STATUSES, type SpaceKind, type SpaceStatus } from '../domain/space-kind.js';

const asEnum = <Value extends string>(values: readonly Value[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;

export const SpaceKindEnum = asEnum<SpaceKind>(SPACE_KINDS);
export const SpaceStatusEnum = asEnum<SpaceStatus>(SPACE_STATUSES);

registerEnumType(SpaceKindEnum, {
  name: 'SpaceKind',
  description: 'What a space is for.',
  valuesConfig: {
    CAR: { description: 'A car.' },
    MOTORCYCLE: { description: 'A motorcycle.' },
    TRUCK: { description: 'A truck or a coach.' },
    ACCESSIBLE: { description: 'A car of somebody with a disability; given only to those who ask for it.' },
    EV: { description: 'An electric car that charges; given only to those who ask for it.' },
    DESK: { description: 'A desk in a coworking floor.' },
    ROOM: { description: 'A meeting room.' },
    TABLE: { description: 'A table in a restaurant.' },
  },
});

registerEnumType(SpaceStatusEnum, {
  name: 'SpaceStatus',
  description: 'What a space is at present.',
  valuesConfig: {
    FREE: { description: 'It can be taken.' },
    OCCUPIED: { description: 'A stay is in it.' },
    RESERVED: { description: 'It is kept for a reservation that has begun.' },
    OUT_OF_SERVICE: { description: 'It is blocked, for maintenance for example.' },
  },
});
