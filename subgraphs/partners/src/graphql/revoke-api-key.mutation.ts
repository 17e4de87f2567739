import type { RequestContext } from '@plaza/platform/graphql/context';
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
import { revokeApiKey, type RevokeApiKeyOutcome } from '../use-cases/revoke-api-key.js';
import { ApiKeyType } from './api-key.type.js';
import { byTypename, type StoryContext } from './story-context.js';

@InputType({ description: 'The key to revoke.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: 'The id of the key.' })
  apiKeyId!: string;
}

@ObjectType({ description: 'The key no longer works.' })
export class ApiKeyRevoked {
  @Field(() => ApiKeyType, { description: 'The key.' })
  apiKey!: ApiKeyRow;
}

const RevokeApiKeyResult = createUnionType({
  name: 'RevokeApiKeyResult',
  description: 'What comes of revokeApiKey.',
  types: () => [ApiKeyRevoked] as const,
  resolveType: byTypename,
});

@Resolver()
export class RevokeApiKeyMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => RevokeApiKeyResult, {
    description: 'Makes a key useless, at once and for good. Revoking it again changes nothing.',
  })
  @Directive('@requiresScopes(scopes: [["partners:write"]])')
  revokeApiKey(
    @Arg('input', { description: 'The key to revoke.' }) input: RevokeApiKeyInput,
    @Ctx() context: RequestContext,
  ): Promise<RevokeApiKeyOutcome> {
    return revokeApiKey(this.on(context), input);
  }
}
