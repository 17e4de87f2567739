import { connectionType } from '@plaza/platform/graphql/connection';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'Hours in which the stays of a vehicle at a location cost nothing: for a resident, a season ticket.',
})
export class Permit {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'The plate of the vehicle, in capitals without blanks or hyphens.' })
  plate!: string;

  @Field(() => DateTime, { description: 'It covers stays that begin at this instant or later.' })
  validFrom!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'It covers stays that begin before this instant; null: until it is revoked.',
  })
  validTo!: Date | null;

  @Field(() => DateTime, { description: 'When it was granted.' })
  grantedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was revoked: stays that began before are still covered. Null: it was not.',
  })
  revokedAt!: Date | null;
}

export const PermitConnection = connectionType(Permit, 'Permit');
