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
import { closeCashShift, type CloseCashShiftOutcome } from '../use-cases/close-cash-shift.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { openCashShift, type OpenCashShiftOutcome } from '../use-cases/open-cash-shift.js';
import { CashShift } from './cash-shift.type.js';

const KEY = 'Send the same key (1 to 255 characters) again and get the first result again.';

@InputType({ description: 'The beginning of a shift of a cash drawer.' })
export class OpenCashShiftInput {
  @Field(() => ID, { description: 'The location of the drawer.' })
  locationId!: string;

  @Field(() => Decimal, {
    description:
      'All that lies in the drawer, in the currency of the location: "100.00". What was not in it before comes from the safe.',
  })
  float!: string;

  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'The end of a shift of a cash drawer.' })
export class CloseCashShiftInput {
  @Field(() => ID, { description: 'The shift.' })
  cashShiftId!: string;

  @Field(() => Decimal, { description: 'What was counted in the drawer: "312.40".' })
  counted!: string;

  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The shift has begun: cash of the location belongs to it.' })
export class CashShiftOpened {
  @Field(() => CashShift, { description: 'The shift.' })
  cashShift!: CashShift;
}

@ObjectType({ implements: Problem, description: 'The drawer has a shift that is open.' })
export class CashShiftAlreadyOpen extends Problem {
  @Field(() => CashShift, { description: 'The open shift.' })
  cashShift!: CashShift;
}

@ObjectType({
  description:
    'The shift has ended; `cashShift.difference` is booked, and what was counted went to the safe.',
})
export class CashShiftClosed {
  @Field(() => CashShift, { description: 'The shift.' })
  cashShift!: CashShift;
}

@ObjectType({ implements: Problem, description: 'The shift was closed before.' })
export class CashShiftNotOpen extends Problem {
  @Field(() => CashShift, { description: 'The shift as it was closed.' })
  cashShift!: CashShift;
}

const OpenCashShiftResult = createUnionType({
  name: 'OpenCashShiftResult',
  description: 'What came of opening a shift.',
  types: () => [CashShiftOpened, CashShiftAlreadyOpen] as const,
  resolveType: byTypename,
});

const CloseCashShiftResult = createUnionType({
  name: 'CloseCashShiftResult',
  description: 'What came of closing a shift.',
  types: () => [CashShiftClosed, CashShiftNotOpen] as const,
  resolveType: byTypename,
});

@Resolver()
export class CashShiftMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["payments:write"]])')
  @Mutation(() => OpenCashShiftResult, { description: 'Begins a shift of a location’s cash drawer.' })
  openCashShift(
    @Arg('input', () => OpenCashShiftInput, { description: 'Which drawer, and what lies in it.' })
    input: OpenCashShiftInput,
    @Ctx() { viewer, loaders }: RequestContext,
  ): Promise<OpenCashShiftOutcome> {
    loaders.clear();
    return openCashShift({ ...this.deps, viewer }, input);
  }

  @Directive('@requiresScopes(scopes: [["payments:write"]])')
  @Mutation(() => CloseCashShiftResult, {
    description: 'Ends a shift of a cash drawer with what was counted in it.',
  })
  closeCashShift(
    @Arg('input', () => CloseCashShiftInput, { description: 'Which shift, and what was counted.' })
    input: CloseCashShiftInput,
    @Ctx() { viewer, loaders }: RequestContext,
  ): Promise<CloseCashShiftOutcome> {
    loaders.clear();
    return closeCashShift({ ...this.deps, viewer }, input);
  }
}
