import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { VehicleKind } from '../domain/vehicle-kind.js';
import { VehicleKindEnum } from './enums.js';

@Directive('@key(fields: "id")')
@ObjectType('Vehicle', {
  description: 'A vehicle that was here at least once, or that a customer registered.',
})
export class VehicleType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field({ description: 'Its plate in upper case, without blanks and hyphens; unique in the organization.' })
  plate!: string;

  @Field(() => VehicleKindEnum, { description: 'What it is.' })
  kind!: VehicleKind;
}

@Directive('@key(fields: "id")')
@ObjectType('Customer', { description: 'Somebody known, to whom vehicles belong.' })
export class CustomerType {
  @Field(() => ID, { description: 'Their id.' })
  id!: string;

  @Field({ description: 'Their name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Their e-mail address.' })
  email!: string | null;
}
