import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType('ApiKey', {
  description: 'A key with which a partner’s programs use this graph: Authorization: Bearer plz_live_...',
})
export class ApiKeyType {
  @Field(() => ID, { description: 'The id of the key; not the secret.' })
  id!: string;

  @Field({ description: 'What the key is for.' })
  name!: string;

  @Field({
    description:
      'The beginning of the secret, to recognise the key by. The secret itself is shown once only.',
  })
  displayPrefix!: string;

  @Field(() => [String], { description: 'What the key may do, such as "tickets:read".' })
  scopes!: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'The only locations that the key can reach; null when it can reach all of them.',
  })
  locationIds!: string[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the key stops working; null: never by itself.',
  })
  expiresAt!: Date | null;

  @Field(() => DateTime, { description: 'When the key was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the key was revoked; null while it was not.' })
  revokedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the key was last used, to the minute; null before its first use.',
  })
  lastUsedAt!: Date | null;

  partnerId!: string;
}
