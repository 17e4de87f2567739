import { connectionType } from '@plaza/platform/graphql/connection';
import { DateTime } from '@plaza/platform/graphql/scalars';
import type { Role as RoleName } from '@plaza/platform/viewer';
import { Field, ID, ObjectType } from 'type-graphql';
import { Role } from './role.type.js';
import { UserType } from './user.type.js';

@ObjectType('Member', { description: "A user's place in an organization." })
export class MemberType {
  @Field(() => ID, { description: 'The membership; the same user has another one in another organization.' })
  id!: string;

  @Field(() => UserType, { description: 'Who it is.' })
  user!: UserType;

  @Field(() => [Role], { description: 'What the member may do, the strongest role first.' })
  roles!: RoleName[];

  @Field(() => DateTime, { description: 'When the user joined the organization.' })
  joinedAt!: Date;
}

export const MemberConnection = connectionType(MemberType, 'Member');
