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
import {
  reportLostTicket,
  type ReportLostTicketInput,
  type ReportLostTicketOutcome,
} from '../use-cases/report-lost-ticket.js';
import { TicketType } from './ticket.type.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';

@InputType('ReportLostTicketInput', { description: 'The ticket that was lost.' })
export class ReportLostTicketInputType implements ReportLostTicketInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input gets the first result again; 1 to 255 characters.',
  })
  idempotencyKey?: string | null;
}

@ObjectType('TicketReportedLost', {
  description: 'The ticket is marked as lost; the vehicle is still inside.',
})
export class TicketReportedLostType {
  @Field(() => TicketType, { description: 'The ticket.' })
  ticket!: TicketType;
}

@ObjectType('TicketNotReportable', {
  implements: Problem,
  description: 'The ticket is paid, closed or void, so nobody needs it; nothing was changed.',
})
export class TicketNotReportableType extends Problem {
  @Field(() => TicketType, { description: 'The ticket.' })
  ticket!: TicketType;
}

export const ReportLostTicketResult = createUnionType({
  name: 'ReportLostTicketResult',
  description: 'What became of reportLostTicket.',
  types: () => [TicketReportedLostType, TicketNotReportableType] as const,
  resolveType: byTypename,
});

@Resolver()
export class ReportLostTicketMutation {
  constructor(private readonly deps: TicketsDeps) {}

  @Mutation(() => ReportLostTicketResult, { description: 'Marks the ticket of a driver who lost it.' })
  @Directive('@requiresScopes(scopes: [["tickets:write"]])')
  reportLostTicket(
    @Ctx() { viewer }: RequestContext,
    @Arg('input', () => ReportLostTicketInputType, { description: 'The ticket that was lost.' })
    input: ReportLostTicketInputType,
  ): Promise<ReportLostTicketOutcome> {
    return reportLostTicket({ ...this.deps, viewer }, input);
  }
}
