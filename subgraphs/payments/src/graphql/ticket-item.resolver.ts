import { loader, type RequestContext } from '@plaza/platform/graphql/context';
import { Decimal } from '@plaza/platform/graphql/scalars';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { TicketItemRow } from '../database/ticket-item.entity.js';
import { readItemsOf } from '../database/ticket-item.queries.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { Ticket } from './entities.type.js';
import { TicketItem } from './ticket-item.type.js';

const ITEMS_OF_TICKETS = Symbol('items by ticket');

@Resolver(() => Ticket)
export class ItemsOfTicketResolver {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  @FieldResolver(() => [TicketItem], {
    description:
      'What was bought on it beside its time, oldest first; what was taken out again is not among them.',
  })
  async items(@Root() { id }: Ticket, @Ctx() context: RequestContext): Promise<TicketItemRow[]> {
    const viewer = requireScope(context.viewer, 'tickets:read');
    const items = loader<string, TicketItemRow[]>(context, ITEMS_OF_TICKETS, async (ids) => {
      const rows = await this.deps.database.read(viewer, (tx) => readItemsOf(tx, ids.filter(isId)));
      return Map.groupBy(rows, ({ ticketId }) => ticketId);
    });
    return (await items.load(id.toLowerCase())) ?? [];
  }
}

@Resolver(() => TicketItem)
export class TicketItemResolver {
  @FieldResolver(() => Decimal, { description: 'How much; the quote may round it up as the tariff says.' })
  quantity(@Root() { quantity }: TicketItemRow): string {
    return String(Number(quantity));
  }
}
