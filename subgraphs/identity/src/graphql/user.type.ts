import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType('User', {
  description: 'A person who signs in. The same one in every organization they belong to.',
})
export class UserType {
  @Field(() => ID, { description: 'The user.' })
  id!: string;

  @Field({ description: 'The name as the person wrote it.' })
  name!: string;

  @Field({ description: 'The e-mail address to sign in with, in lower case.' })
  email!: string;
}
