import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import type { RefundAuthority } from '../domain/refund-policy.js';
import { RefundAuthorityEnum } from './enums.js';

@ObjectType({ description: 'Under which conditions money is given back.' })
export class RefundPolicy {
  @Field(() => Int, {
    nullable: true,
    description: 'For how many days of 24 hours after a payment; null: for ever.',
  })
  windowDays?: number | null;

  @Field(() => Int, {
    description: 'The most of a payment that all its refunds together give back, in percent.',
  })
  mostPercent!: number;

  @Field(() => [String], { description: 'The reasons that are accepted, word for word; empty: any reason.' })
  reasons!: string[];

  @Field(() => RefundAuthorityEnum, { description: 'Who may give money back.' })
  who!: RefundAuthority;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was set; null: nothing was set, this is what holds then.',
  })
  setAt?: Date | null;
}
