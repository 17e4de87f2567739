import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Something that was bought on a ticket beside its time.' })
export class TicketItem {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'The code that the tariff has for it: "EV_ENERGY".' })
  code!: string;

  @Field(() => String, { description: 'What the tariff called it when it was bought.' })
  name!: string;

  @Field(() => String, { description: 'What the quantity counts: "kWh".' })
  unit!: string;

  @Field(() => DateTime, { description: 'When it was added.' })
  addedAt!: Date;
}
