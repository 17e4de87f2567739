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
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import { addTicketItem, type AddTicketItemOutcome } from '../use-cases/add-ticket-item.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { removeTicketItem, type RemoveTicketItemOutcome } from '../use-cases/remove-ticket-item.js';
import { Ticket } from './entities.type.js';
import { TicketNotOpen } from './record-exit.mutation.js';
import { TicketItem } from './ticket-item.type.js';

@InputType({ description: 'What is bought on a ticket.' })
export class AddTicketItemInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId!: string;

  @Field(() => String, { description: 'The code of an item of the tariff that binds the stay.' })
  code!: string;

  @Field(() => Decimal, {
    description: 'How much, in the unit of the item: more than 0, at most 1000000, at most 6 decimals.',
  })
  quantity!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Send the same key (1 to 255 characters) again and get the first result again.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What is taken out again.' })
export class RemoveTicketItemInput {
  @Field(() => ID, { description: 'The id of the ticket’s item.' })
  itemId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Send the same key (1 to 255 characters) again and get the first result again.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'It is in the ticket’s quote from now on.' })
export class TicketItemAdded {
  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;

  @Field(() => TicketItem, { description: 'What was added.' })
  item!: TicketItem;
}

@ObjectType({
  description:
    'It is in the ticket’s quote no more. Where it was paid already the balance is negative: refundPayment gives that back.',
})
export class TicketItemRemoved {
  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;

  @Field(() => TicketItem, { description: 'What was taken out.' })
  item!: TicketItem;
}

@ObjectType({
  implements: Problem,
  description: 'The version of the tariff that binds the stay has no such item.',
})
export class ItemNotSold extends Problem {
  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;

  @Field(() => [String], { description: 'The codes of what it does sell.' })
  sold!: string[];
}

const AddTicketItemResult = createUnionType({
  name: 'AddTicketItemResult',
  description: 'What came of buying something on a ticket.',
  types: () => [TicketItemAdded, ItemNotSold, TicketNotOpen] as const,
  resolveType: byTypename,
});

const RemoveTicketItemResult = createUnionType({
  name: 'RemoveTicketItemResult',
  description: 'What came of taking something out again.',
  types: () => [TicketItemRemoved, TicketNotOpen] as const,
  resolveType: byTypename,
});

@Resolver()
export class TicketItemMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["tickets:write"]])')
  @Mutation(() => AddTicketItemResult, {
    description: 'Adds something that the tariff sells beside time to a ticket whose vehicle is inside.',
  })
  addTicketItem(
    @Arg('input', () => AddTicketItemInput, { description: 'Which ticket, what, and how much.' })
    input: AddTicketItemInput,
    @Ctx() { viewer, loaders }: RequestContext,
  ): Promise<AddTicketItemOutcome> {
    loaders.clear();
    return addTicketItem({ ...this.deps, viewer }, input);
  }

  @Directive('@requiresScopes(scopes: [["tickets:write"]])')
  @Mutation(() => RemoveTicketItemResult, {
    description: 'Takes out what was added to a ticket by mistake, while the vehicle is inside.',
  })
  removeTicketItem(
    @Arg('input', () => RemoveTicketItemInput, { description: 'Which item.' }) input: RemoveTicketItemInput,
    @Ctx() { viewer, loaders }: RequestContext,
  ): Promise<RemoveTicketItemOutcome> {
    loaders.clear();
    return removeTicketItem({ ...this.deps, viewer }, input);
  }
}
