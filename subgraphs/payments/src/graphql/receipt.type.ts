import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What a receipt’s payment paid at one rate of tax.' })
export class ReceiptTax {}

@ObjectType({ description: 'A receipt as a PDF, to be shown or printed.' })
export class ReceiptPdf {
  @Field(() => String, {
    description:
      'Its address on the origin of the graph: "/receipts/…". It needs no sign-in, so it can be opened, embedded or handed on.',
  })
  url!: string;

  @Field(() => DateTime, { description: 'Until when the address works: a quarter of an hour.' })
  expiresAt!: Date;
}
