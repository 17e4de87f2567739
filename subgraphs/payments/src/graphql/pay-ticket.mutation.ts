import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { Arg, createUnionType, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { PaymentsDeps } from '../use-cases/context.js';
import { payTicket } from '../use-cases/pay-ticket.js';
import type { PayTicketOutcome } from '../use-cases/pay-ticket.outcome.js';
import {
  AmountExceedsDue,
  NotEnoughCash,
  NothingDue,
  PaymentActionRequired,
  PaymentDeclined,
  PaymentInProgress,
  PayTicketInput,
  TicketNotPayable,
  TicketPaid,
  TicketPartlyPaid,
} from './pay-ticket.type.js';

const PayTicketResult = createUnionType({
  name: 'PayTicketResult',
  description: 'What came of a payment.',
  types: () =>
    [
      TicketPaid,
      TicketPartlyPaid,
      PaymentActionRequired,
      PaymentDeclined,
      PaymentInProgress,
      NothingDue,
      AmountExceedsDue,
      NotEnoughCash,
      TicketNotPayable,
    ] as const,
  resolveType: byTypename,
});

@Resolver()
export class PayTicketMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["payments:write"]])')
  @Mutation(() => PayTicketResult, { description: 'Pays what is due on a ticket, or part of it.' })
  payTicket(
    @Arg('input', () => PayTicketInput, { description: 'What to pay and how.' }) input: PayTicketInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<PayTicketOutcome> {
    return payTicket({ ...this.deps, viewer }, input);
  }
}
