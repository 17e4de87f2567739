import type { RequestContext } from '@plaza/platform/graphql/context';
import { DateTime } from '@plaza/platform/graphql/scalars';
import {
  Arg,
  createUnionType,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { ApiKeyRow } from '../database/api-key.entity.js';
import { createApiKey, type CreateApiKeyOutcome } from '../use-cases/create-api-key.js';
import { ApiKeyType } from './api-key.type.js';
import { LocationsNotGrantedType, ScopesNotGrantedType } from './problem.types.js';
import { byTypename, type StoryContext } from './story-context.js';

@InputType({ description: 'The key to make.' })
export class CreateApiKeyInput {
  @Field(() => ID, { description: 'The partner who gets the key.' })
  partnerId!: string;

  @Field({ description: 'What the key is for, 1 to 100 characters.' })
  name!: string;

  @Field(() => [String], {
    description: 'What the key may do, such as "tickets:read"; you can only give what you have.',
  })
  scopes!: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'The only locations that the key can reach; without it, all that you can reach.',
  })
  locationIds?: string[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the key stops working; without it, never by itself.',
  })
  expiresAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: '1 to 255 characters of your choice: the same key again returns the first result.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The key was made.' })
export class ApiKeyCreated {
  @Field(() => ApiKeyType, { description: 'The new key.' })
  apiKey!: ApiKeyRow;

  @Field({ description: 'The secret, plz_live_...: shown now and never again. Only a hash of it is kept.' })
  secret!: string;
}

const CreateApiKeyResult = createUnionType({
  name: 'CreateApiKeyResult',
  description: 'What comes of createApiKey.',
  types: () => [ApiKeyCreated, ScopesNotGrantedType, LocationsNotGrantedType] as const,
  resolveType: byTypename,
});

@Resolver()
export class CreateApiKeyMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => CreateApiKeyResult, { description: 'Makes an API key for a partner’s programs.' })
  @Directive('@requiresScopes(scopes: [["partners:write"]])')
  createApiKey(
    @Arg('input', { description: 'The key to make.' }) input: CreateApiKeyInput,
    @Ctx() context: RequestContext,
  ): Promise<CreateApiKeyOutcome> {
    return createApiKey(this.on(context), input);
  }
}
