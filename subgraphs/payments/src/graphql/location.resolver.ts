import { badUserInput } from '@plaza/platform/errors';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import type { PaymentsDeps } from '../use-cases/context.js';
import { Location } from './entities.type.js';
import type { PaymentsLoaders } from './loaders.js';
import { Tariff } from './tariff.type.js';

const MOST_VERSIONS = 100;

@Resolver(() => Location)
export class LocationResolver {
  constructor(
    private readonly deps: PaymentsDeps,
    private readonly load: PaymentsLoaders,
  ) {}

  @Directive('@requiresScopes(scopes: [["tariffs:read"]])')
  @FieldResolver(() => Tariff, {
    nullable: true,
    description:
      'The version of the tariff in force. Null: there is none, and a stay that begins now is free of charge; its quote has ' +
      'the one line NO_TARIFF.',
  })
  tariff(
    @Root() { id: locationId }: Location,
    @Arg('at', () => DateTime, { nullable: true, description: 'In force at this instant; now unless told.' })
    at: Date | null,
    @Ctx() context: RequestContext,
  ) {
    requireScope(context.viewer, 'tariffs:read');
    return this.load.tariffInForce(context, locationId, at ?? this.deps.clock.now());
  }

  @Directive('@requiresScopes(scopes: [["tariffs:read"]])')
  @FieldResolver(() => [Tariff], {
    description:
      'The versions of the tariff, those of the past and those to come: the one that begins last stands first.',
  })
  tariffVersions(
    @Root() { id: locationId }: Location,
    @Arg('first', () => Int, { defaultValue: 20, description: 'At most so many, 1 to 100.' }) first: number,
    @Arg('after', () => ID, {
      nullable: true,
      description: 'Only those that stand behind this version in the list: the last one of the page before.',
    })
    after: string | null,
    @Ctx() context: RequestContext,
  ) {
    requireScope(context.viewer, 'tariffs:read');
    if (first < 1 || first > MOST_VERSIONS) throw badUserInput('first', `From 1 to ${MOST_VERSIONS}.`);
    if (after && !isId(after)) throw badUserInput('after', 'This is no id of a version.');
    return isId(locationId)
      ? this.load.tariffVersions(context, { locationId, first, after: after ?? null })
      : [];
  }
}
