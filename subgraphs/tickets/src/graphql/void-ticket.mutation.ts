import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
import {
  Arg,
  Ctx,
  createUnionType,
  Directive,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { TicketsDeps } from '../use-cases/context.js';
import { voidTicket, type VoidTicketInput, type VoidTicketOutcome } from '../use-cases/void-ticket.js';
import { TicketType } from './ticket.type.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';

@InputType('VoidTicketInput', { description: 'The ticket to cancel.' })
export class VoidTicketInputType implements VoidTicketInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId!: string;

  @Field(() => String, { nullable: true, description: 'Why, for colleagues; at most 500 characters.' })
  reason?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input gets the first result again; 1 to 255 characters.',
  })
  idempotencyKey?: string | null;
}

@ObjectType('TicketVoided', { description: 'The ticket is void and its space is free.' })
export class TicketVoidedType {
  @Field(() => TicketType, { description: 'The ticket.' })
  ticket!: TicketType;
}

@ObjectType('TicketNotVoidable', {
  implements: Problem,
  description: 'The ticket is paid, closed or void already; nothing was changed.',
})
export class TicketNotVoidableType extends Problem {
  @Field(() => TicketType, { description: 'The ticket.' })
  ticket!: TicketType;
}

export const VoidTicketResult = createUnionType({
  name: 'VoidTicketResult',
  description: 'What became of voidTicket.',
  types: () => [TicketVoidedType, TicketNotVoidableType] as const,
  resolveType: byTypename,
});

@Resolver()
export class VoidTicketMutation {
  constructor(private readonly deps: TicketsDeps) {}

  @Mutation(() => VoidTicketResult, {
    description: 'Cancels a ticket that should never have been: nothing is charged for it.',
  })
  @Directive('@requiresScopes(scopes: [["tickets:write"]])')
  voidTicket(
    @Ctx() { viewer }: RequestContext,
    @Arg('input', () => VoidTicketInputType, { description: 'The ticket to cancel.' })
    input: VoidTicketInputType,
  ): Promise<VoidTicketOutcome> {
    return voidTicket({ ...this.deps, viewer }, input);
  }
}
