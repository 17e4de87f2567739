import { DateTime } from '@plaza/platform/graphql/scalars';
import { connectionType } from '@plaza/platform/graphql/connection';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Partner', {
  description: 'Another business that works with the organization: a mobility app, an ERP, a merchant.',
})
export class PartnerType {
  @Field(() => ID, { description: 'The id of the partner.' })
  id!: string;

  @Field({ description: 'The name, unlike every other partner’s.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Whom to write to when something does not work.' })
  contactEmail!: string | null;

  @Field(() => DateTime, { description: 'When the partner was added.' })
  createdAt!: Date;
}

export const PartnerConnection = connectionType(PartnerType, 'Partner');
