import { connectionType } from '@plaza/platform/graphql/connection';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A shift of a location’s cash drawer. Cash that is paid or given back while it is open belongs to it.',
})
export class CashShift {
  @Field(() => ID, { description: 'The id of the shift.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it was opened.' })
  openedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was closed; null while it is open.' })
  closedAt!: Date | null;
}

export const CashShiftConnection = connectionType(CashShift, 'CashShift');
