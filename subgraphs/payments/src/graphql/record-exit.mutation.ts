import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
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
import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { PaymentsDeps } from '../use-cases/context.js';
import { recordExit, type RecordExitOutcome } from '../use-cases/record-exit.js';
import { Ticket } from './entities.type.js';
import { Quote } from './quote.type.js';

@InputType({ description: 'A vehicle at the exit.' })
export class RecordExitInput {
  @Field(() => ID, { description: 'Its ticket.' })
  ticketId!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it left; now unless told. A past instant needs the scope tickets:backdate.',
  })
  exitedAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Send the same key (1 to 255 characters) again and get the first result again. A new attempt needs a new key.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The vehicle has left: its ticket is closed and its space is free.' })
export class VehicleExited {
  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;
}

@ObjectType({
  implements: Problem,
  description:
    'The stay must be paid before the vehicle may leave, or a payment of it waits for the provider: `message` tells which.',
})
export class PaymentRequired extends Problem {
  @Field(() => Quote, { description: 'What is due.' })
  quote!: Quote;

  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;
}

@ObjectType({ implements: Problem, description: 'The vehicle has left before or the ticket is void.' })
export class TicketNotOpen extends Problem {
  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;
}

const RecordExitResult = createUnionType({
  name: 'RecordExitResult',
  description: 'What came of an exit.',
  types: () => [VehicleExited, PaymentRequired, TicketNotOpen] as const,
  resolveType: byTypename,
});

@Resolver()
export class RecordExitMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["tickets:write"]])')
  @Mutation(() => RecordExitResult, { description: 'Lets a vehicle leave when nothing is due.' })
  recordExit(
    @Arg('input', () => RecordExitInput, { description: 'Which vehicle, and when.' }) input: RecordExitInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<RecordExitOutcome> {
    return recordExit({ ...this.deps, viewer }, input);
  }
}
