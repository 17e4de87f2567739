import { type Connection, ConnectionArgs, pageOf, toConnection } from '@plaza/platform/graphql/connection';
import { loader, type RequestContext } from '@plaza/platform/graphql/context';
import { isId } from '@plaza/platform/ids';
import { plateOf } from '@plaza/platform/plate';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { countPermits, listPermits, type PermitRow } from '../database/permit.queries.js';
import { clockTime } from '../use-cases/clock-times.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { Location } from './entities.type.js';
import { Permit, PermitConnection } from './permit.type.js';
import { TariffWindow } from './tariff-band.type.js';

@Resolver(() => Location)
export class PermitsOfLocationResolver {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["customers:read"]])')
  @FieldResolver(() => PermitConnection, {
    description: 'The permits for it, those of the past and the revoked ones too, the newest first.',
  })
  async permits(
    @Root() { id }: Location,
    @Args() args: ConnectionArgs,
    @Arg('plate', () => String, {
      nullable: true,
      description: 'Only those of the vehicle with this plate, however it is typed.',
    })
    typed: string | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<PermitRow>> {
    const viewer = requireScope(context.viewer, 'customers:read');
    const { database } = this.deps;
    const page = pageOf(args);
    const plate = typed == null ? null : plateOf(typed);
    if (typed != null && plate === null) {
      return toConnection<PermitRow>([], page, () => Promise.resolve(0));
    }
    const key = Symbol.for(`permits of locations ${JSON.stringify([plate, page])}`);
    const rows = await loader<string, PermitRow[]>(context, key, async (ids) =>
      Map.groupBy(
        await database.read(viewer, (tx) => listPermits(tx, ids.filter(isId), plate, page)),
        ({ locationId }) => locationId,
      ),
    ).load(id.toLowerCase());
    return toConnection(rows ?? [], page, () => database.read(viewer, (tx) => countPermits(tx, id, plate)));
  }
}

@Resolver(() => Permit)
export class PermitResolver {
  @FieldResolver(() => Location, { description: 'Where it counts.' })
  location(@Root() { locationId }: PermitRow): Location {
    return { id: locationId };
  }

  @FieldResolver(() => [TariffWindow], { description: 'Its hours.' })
  windows(@Root() { windows }: PermitRow): TariffWindow[] {
    return windows.map(({ days, from, to }) => ({ days, from: clockTime(from), to: clockTime(to) }));
  }
}
