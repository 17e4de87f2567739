import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
import { Decimal } from '@plaza/platform/graphql/scalars';
import {
  Arg,
  createUnionType,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { PaymentsDeps } from '../use-cases/context.js';
import { validateTicket, type ValidateTicketOutcome } from '../use-cases/validate-ticket.js';
import { Ticket } from './entities.type.js';
import { Merchant, Validation } from './merchant.type.js';
import { TicketNotOpen } from './record-exit.mutation.js';

@InputType({ description: 'What a merchant takes off: exactly one of the fields.' })
export class ValidationInput {
  @Field(() => Decimal, { nullable: true, description: 'So many percent of what the time costs: "50".' })
  percent?: string | null;

  @Field(() => Decimal, { nullable: true, description: 'An amount in the currency of the stay: "2.00".' })
  amount?: string | null;

  @Field(() => Int, { nullable: true, description: 'So many minutes at the beginning of the stay.' })
  freeMinutes?: number | null;
}

@InputType({ description: 'A merchant’s discount for a customer who is parked.' })
export class ValidateTicketInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId!: string;

  @Field(() => ID, { description: 'The merchant that gives it.' })
  merchantId!: string;

  @Field(() => ValidationInput, { description: 'What is taken off.' })
  discount!: ValidationInput;

  @Field(() => String, {
    nullable: true,
    description: 'Send the same key (1 to 255 characters) again and get the first result again.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The discount is in the ticket’s quote from now on.' })
export class TicketValidated {
  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;

  @Field(() => Validation, { description: 'The validation.' })
  validation!: Validation;
}

@ObjectType({
  implements: Problem,
  description: 'The merchant has validated this ticket before: once is enough.',
})
export class TicketAlreadyValidated extends Problem {
  @Field(() => Validation, { description: 'The validation that there is.' })
  validation!: Validation;
}

@ObjectType({
  implements: Problem,
  description: 'The merchant has given, or set aside for stays under way, all that its month allows.',
})
export class MerchantLimitReached extends Problem {
  @Field(() => Merchant, { description: 'The merchant.' })
  merchant!: Merchant;
}

@ObjectType({
  implements: Problem,
  description: 'The merchant may not validate tickets: `changeMerchant` took that from it.',
})
export class MerchantNotActive extends Problem {
  @Field(() => Merchant, { description: 'The merchant.' })
  merchant!: Merchant;
}

const ValidateTicketResult = createUnionType({
  name: 'ValidateTicketResult',
  description: 'What came of a validation.',
  types: () =>
    [
      TicketValidated,
      TicketAlreadyValidated,
      MerchantLimitReached,
      MerchantNotActive,
      TicketNotOpen,
    ] as const,
  resolveType: byTypename,
});

@Resolver()
export class ValidateTicketMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["payments:write"]])')
  @Mutation(() => ValidateTicketResult, {
    description:
      'Takes something off the price of a stay in a merchant’s name and at its cost, within its limits.',
  })
  validateTicket(
    @Arg('input', () => ValidateTicketInput, { description: 'Which ticket, by whom, and what is taken off.' })
    input: ValidateTicketInput,
    @Ctx() { viewer, loaders }: RequestContext,
  ): Promise<ValidateTicketOutcome> {
    loaders.clear();
    return validateTicket({ ...this.deps, viewer }, input);
  }
}
