import { DateTime } from '@plaza/platform/graphql/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { COST_BEARERS, type CostBearer } from '../database/merchant.entity.js';
import { VALIDATION_KINDS, type ValidationKind } from '../domain/validation.js';
import { enumOf } from './enum-of.js';

export const CostBearerEnum = enumOf('CostBearer', COST_BEARERS, 'Who bears what validations take off.', {
  MERCHANT: 'The merchant: it owes the operator what was taken off.',
  OPERATOR: 'The operator: nobody owes anything.',
});

export const ValidationKindEnum = enumOf('ValidationKind', VALIDATION_KINDS, 'What a validation takes off.', {
  PERCENT: 'A share of what the time costs.',
  AMOUNT: 'An amount.',
  FREE_TIME: 'So many minutes at the beginning of the stay.',
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A business that validates tickets of a location for its customers.' })
export class Merchant {
  @Field(() => ID, { description: 'The id of the merchant.' })
  id!: string;

  @Field(() => String, { description: 'Its name; the driver reads it in the quote and on the receipt.' })
  name!: string;

  @Field(() => CostBearerEnum, { description: 'Who bears what its validations take off.' })
  borneBy!: CostBearer;

  @Field(() => Boolean, { description: 'Whether it may validate tickets.' })
  active!: boolean;
}

@ObjectType({ description: 'A discount that a merchant gave on a ticket.' })
export class Validation {
  @Field(() => ID, { description: 'The id of the validation.' })
  id!: string;

  @Field(() => String, { description: 'The name that the merchant had.' })
  name!: string;

  @Field(() => ValidationKindEnum, { description: 'What it takes off.' })
  kind!: ValidationKind;

  @Field(() => DateTime, { description: 'When it was given.' })
  validatedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When its cost was fixed: at the first payment or the exit. Null before.',
  })
  settledAt!: Date | null;
}
