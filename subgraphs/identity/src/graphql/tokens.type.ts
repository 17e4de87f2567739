import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType('Tokens', { description: 'What a client holds of its session. Keep both secret.' })
export class TokensType {
  @Field({ description: 'Send it as `Authorization: Bearer ...`. A JWT, good for 15 minutes.' })
  accessToken!: string;

  @Field({
    description:
      'Good once: pass it to refreshSession, which gives the next one. Never send it anywhere else.',
  })
  refreshToken!: string;

  @Field(() => DateTime, { description: 'When the access token runs out. Refresh a little earlier.' })
  expiresAt!: Date;
}
