import { connectionType } from '@plaza/platform/graphql/connection';
import { DateTime } from '@plaza/platform/graphql/scalars';
import type { Role as RoleName } from '@plaza/platform/viewer';
import { Field, ID, ObjectType } from 'type-graphql';
import { Role } from './role.type.js';

@ObjectType('Invitation', { description: 'An offer to join an organization that waits to be accepted.' })
export class InvitationType {
  @Field(() => ID, { description: 'The invitation.' })
  id!: string;

  @Field({ description: 'Whom it was made to.' })
  email!: string;

  @Field(() => [Role], { description: 'The roles that the new member will have.' })
  roles!: RoleName[];

  @Field(() => DateTime, { description: 'When it was made, or made again.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    description: 'From when on it cannot be accepted any more: seven days after it was made.',
  })
  expiresAt!: Date;
}

export const InvitationConnection = connectionType(InvitationType, 'Invitation');
