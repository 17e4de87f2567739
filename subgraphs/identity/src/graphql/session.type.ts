import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Session', { description: 'One sign-in of the viewer on one device, in one organization.' })
export class SessionType {
  @Field(() => ID, { description: 'The session: pass it to revokeSession.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the client called its device when it signed in.',
  })
  deviceName!: string | null;

  @Field({ description: 'The name of the organization that the session works in.' })
  organizationName!: string;

  @Field({ description: 'Whether it is the session of this very request.' })
  isCurrent!: boolean;

  @Field(() => DateTime, { description: 'When the user signed in.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the session was refreshed last.' })
  lastUsedAt!: Date;

  @Field(() => DateTime, { description: 'When it ends unless it is refreshed before.' })
  expiresAt!: Date;
}
