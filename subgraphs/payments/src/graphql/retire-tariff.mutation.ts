import { byTypename } from '@plaza/platform/graphql/by-typename';
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
import type { PaymentsDeps } from '../use-cases/context.js';
import { retireTariff, type RetireTariffOutcome } from '../use-cases/retire-tariff.js';
import { Tariff } from './tariff.type.js';

@InputType({ description: 'A version of a tariff that is to end.' })
export class RetireTariffInput {
  @Field(() => ID, { description: 'The id of the version.' })
  tariffId!: string;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Who enters from this instant on is not charged by it; now unless told. A version that has not begun is withdrawn ' +
      'unless a later instant than its beginning is told: the version before it goes on.',
  })
  from?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Send the same key (1 to 255 characters) again and get the first result again.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The version has an end.' })
export class TariffRetired {
  @Field(() => Tariff, { description: 'The version.' })
  tariff!: Tariff;
}

@ObjectType({
  implements: Problem,
  description: 'The version had ended by then already; nothing was changed.',
})
export class TariffEnded extends Problem {
  @Field(() => Tariff, { description: 'The version.' })
  tariff!: Tariff;
}

const RetireTariffResult = createUnionType({
  name: 'RetireTariffResult',
  description: 'What came of a retirement.',
  types: () => [TariffRetired, TariffEnded] as const,
  resolveType: byTypename,
});

@Resolver()
export class RetireTariffMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["tariffs:write"]])')
  @Mutation(() => RetireTariffResult, {
    description:
      'Ends a version of a tariff, or withdraws one that has not begun. Vehicles inside keep the version of their entry; who ' +
      'enters after the end of the last version parks free of charge until another one is published.',
  })
  retireTariff(
    @Arg('input', () => RetireTariffInput, { description: 'The version and its end.' })
    input: RetireTariffInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<RetireTariffOutcome> {
    return retireTariff({ ...this.deps, viewer }, input);
  }
}
