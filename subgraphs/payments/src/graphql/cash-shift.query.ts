import { type Connection, ConnectionArgs, pageOf, toConnection } from '@plaza/platform/graphql/connection';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { CashShiftRow } from '../database/cash-shift.entity.js';
import { countShifts, readShiftPage } from '../database/cash-shift.queries.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import type { CashLoaders } from './cash-loaders.js';
import { CashShift, CashShiftConnection } from './cash-shift.type.js';
import { Location } from './entities.type.js';

@Resolver()
export class CashShiftQuery {
  constructor(private readonly load: CashLoaders) {}

  @Directive('@requiresScopes(scopes: [["payments:read"]])')
  @Query(() => CashShift, { nullable: true, description: 'A shift of a cash drawer.' })
  cashShift(
    @Arg('id', () => ID, { description: 'The id of the shift.' }) id: string,
    @Ctx() context: RequestContext,
  ) {
    requireScope(context.viewer, 'payments:read');
    return this.load.shift(context, id);
  }
}

@Resolver(() => Location)
export class CashDrawerResolver {
  constructor(
    private readonly deps: PaymentsDeps,
    private readonly load: CashLoaders,
  ) {}

  @Directive('@requiresScopes(scopes: [["payments:read"]])')
  @FieldResolver(() => CashShift, {
    nullable: true,
    description: 'The shift of its cash drawer that is open now; null between shifts.',
  })
  cashShift(@Root() { id }: Location, @Ctx() context: RequestContext) {
    requireScope(context.viewer, 'payments:read');
    return this.load.openShift(context, id);
  }

  @Directive('@requiresScopes(scopes: [["payments:read"]])')
  @FieldResolver(() => CashShiftConnection, { description: 'The shifts of its cash drawer, newest first.' })
  async cashShifts(
    @Root() { id }: Location,
    @Args() args: ConnectionArgs,
    @Ctx() { viewer: caller }: RequestContext,
  ): Promise<Connection<CashShiftRow>> {
    const viewer = requireScope(caller, 'payments:read');
    const page = pageOf(args);
    const { database } = this.deps;
    const rows = await database.read(viewer, (tx) => readShiftPage(tx, id, page));
    return toConnection(rows, page, () => database.read(viewer, (tx) => countShifts(tx, id)));
  }
}
