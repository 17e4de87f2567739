import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
import {
  Arg,
  Ctx,
  createUnionType,
  Directive,
  Field,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { TicketsDeps } from '../use-cases/context.js';
import {
  registerCustomer,
  type RegisterCustomerInput,
  type RegisterCustomerOutcome,
} from '../use-cases/register-customer.js';
import { CustomerType } from './vehicle.type.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';

@InputType('RegisterCustomerInput', { description: 'The customer and what they drive.' })
export class RegisterCustomerInputType implements RegisterCustomerInput {
  @Field({ description: 'Their name; 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Their e-mail address.' })
  email?: string | null;

  @Field(() => [String], { nullable: true, description: 'The plates of their vehicles; at most 50.' })
  plates?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input gets the first result again; 1 to 255 characters.',
  })
  idempotencyKey?: string | null;
}

@ObjectType('CustomerRegistered', { description: 'The customer is known.' })
export class CustomerRegisteredType {
  @Field(() => CustomerType, { description: 'The customer.' })
  customer!: CustomerType;
}

@ObjectType('PlateTaken', {
  implements: Problem,
  description: 'A vehicle belongs to another customer already; nothing was changed.',
})
export class PlateTakenType extends Problem {
  @Field(() => [String], { description: 'The plates that are taken.' })
  plates!: string[];
}

export const RegisterCustomerResult = createUnionType({
  name: 'RegisterCustomerResult',
  description: 'What became of registerCustomer.',
  types: () => [CustomerRegisteredType, PlateTakenType] as const,
  resolveType: byTypename,
});

@Resolver()
export class RegisterCustomerMutation {
  constructor(private readonly deps: TicketsDeps) {}

  @Mutation(() => RegisterCustomerResult, {
    description: 'Makes a customer known, with the vehicles that are theirs.',
  })
  @Directive('@requiresScopes(scopes: [["customers:write"]])')
  registerCustomer(
    @Ctx() { viewer }: RequestContext,
    @Arg('input', () => RegisterCustomerInputType, { description: 'The customer and what they drive.' })
    input: RegisterCustomerInputType,
  ): Promise<RegisterCustomerOutcome> {
    return registerCustomer({ ...this.deps, viewer }, input);
  }
}
