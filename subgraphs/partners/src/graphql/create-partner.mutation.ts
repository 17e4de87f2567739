import type { RequestContext } from '@plaza/platform/graphql/context';
import {
  Arg,
  createUnionType,
  Ctx,
  Directive,
  Field,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { PartnerRow } from '../database/partner.entity.js';
import { createPartner, type CreatePartnerOutcome } from '../use-cases/create-partner.js';
import { PartnerType } from './partner.type.js';
import { PartnerNameTakenType } from './problem.types.js';
import { byTypename, type StoryContext } from './story-context.js';

@InputType({ description: 'The partner to add.' })
export class CreatePartnerInput {
  @Field({ description: 'The name, 1 to 100 characters, unlike every other partner’s.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Whom to write to when something does not work.' })
  contactEmail?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '1 to 255 characters of your choice: the same key again returns the first result.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The partner was added.' })
export class PartnerCreated {
  @Field(() => PartnerType, { description: 'The new partner.' })
  partner!: PartnerRow;
}

const CreatePartnerResult = createUnionType({
  name: 'CreatePartnerResult',
  description: 'What comes of createPartner.',
  types: () => [PartnerCreated, PartnerNameTakenType] as const,
  resolveType: byTypename,
});

@Resolver()
export class CreatePartnerMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => CreatePartnerResult, {
    description: 'Adds a partner, to whom keys and webhooks can be given.',
  })
  @Directive('@requiresScopes(scopes: [["partners:write"]])')
  createPartner(
    @Arg('input', { description: 'The partner to add.' }) input: CreatePartnerInput,
    @Ctx() context: RequestContext,
  ): Promise<CreatePartnerOutcome> {
    return createPartner(this.on(context), input);
  }
}
