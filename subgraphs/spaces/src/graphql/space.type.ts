import { connectionType } from '@plaza/platform/graphql/connection';
import { EventEnvelope } from '@plaza/platform/graphql/event-envelope';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { SpaceKind } from '../domain/space-kind.js';
import { SpaceKindEnum } from './enums.js';

@ObjectType('Zone', { description: 'A named part of a location: a level, a wing, a terrace.' })
export class ZoneType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field({ description: 'Its name, unique in the location.' })
  name!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Space', { description: 'What one vehicle, person or party can take for a time.' })
export class SpaceType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field({ description: 'The number painted on it, unique in its location.' })
  number!: string;

  @Field(() => SpaceKindEnum, { description: 'What it is for.' })
  kind!: SpaceKind;

  @Field(() => [String], { description: 'What it has, in lower case: "covered", "charger-22kw".' })
  features!: string[];
}

export const SpaceConnection = connectionType(SpaceType, 'Space');

@Directive('@key(fields: "eventId")')
@ObjectType('SpaceChanged', {
  implements: EventEnvelope,
  description: 'A space was added, occupied, freed, taken out of service or returned to it.',
})
export class SpaceChangedType extends EventEnvelope {
  @Field(() => SpaceType, {
    nullable: true,
    description: 'The space as it is now; null when you may not see it.',
  })
  space!: SpaceType | null;
}
