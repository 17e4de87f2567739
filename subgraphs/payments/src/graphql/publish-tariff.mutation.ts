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
import { publishTariff, type PublishTariffOutcome } from '../use-cases/publish-tariff.js';
import { TariffInput } from './tariff-rules.type.js';
import { Tariff } from './tariff.type.js';

@InputType({ description: 'A tariff for a location.' })
export class PublishTariffInput {
  @Field(() => ID, { description: 'The location that will charge by it.' })
  locationId!: string;

  @Field(() => String, { description: 'Its name, 1 to 120 characters, not blank.' })
  name!: string;

  @Field(() => TariffInput, { description: 'Its rules.' })
  tariff!: TariffInput;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Vehicles that enter from this instant on are charged by it; now unless told. A past instant needs the scope ' +
      'tickets:backdate, never replaces a version that has begun, and is refused once a vehicle has entered since.',
  })
  effectiveFrom?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Send the same key (1 to 255 characters) again and get the first result again.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The tariff is published.' })
export class TariffPublished {
  @Field(() => Tariff, { description: 'The new version.' })
  tariff!: Tariff;
}

@ObjectType({ description: 'One thing that is wrong with a tariff.' })
export class TariffFault {
  @Field(() => String, {
    description:
      'The rule, such as "bands.0.steps.1.minutes"; "name" and "effectiveFrom" are those of the input.',
  })
  path!: string;

  @Field(() => String, { description: 'What is wrong with it.' })
  message!: string;
}

@ObjectType({ implements: Problem, description: 'The tariff was not published.' })
export class TariffInvalid extends Problem {
  @Field(() => [TariffFault], { description: 'Everything that is wrong.' })
  faults!: TariffFault[];
}

const PublishTariffResult = createUnionType({
  name: 'PublishTariffResult',
  description: 'What came of a publication.',
  types: () => [TariffPublished, TariffInvalid] as const,
  resolveType: byTypename,
});

@Resolver()
export class PublishTariffMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["tariffs:write"]])')
  @Mutation(() => PublishTariffResult, {
    description:
      'Publishes the next version of a location’s tariff. Vehicles inside keep the version of their entry.',
  })
  publishTariff(
    @Arg('input', () => PublishTariffInput, { description: 'The tariff and where it applies.' })
    input: PublishTariffInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<PublishTariffOutcome> {
    return publishTariff({ ...this.deps, viewer }, input);
  }
}
