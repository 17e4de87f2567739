import { Problem } from '@plaza/platform/graphql/problem';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('InvalidCredentials', {
  implements: Problem,
  description: 'The e-mail address or the password is not right; which of them is never told.',
})
export class InvalidCredentialsType extends Problem {}

@ObjectType('TooManyAttempts', {
  implements: Problem,
  description:
    'Five wrong passwords within 15 minutes for this e-mail address, whether or not anybody has it.',
})
export class TooManyAttemptsType extends Problem {
  @Field(() => Int, { description: 'Seconds until the next attempt may be made.' })
  retryAfter!: number;
}

@ObjectType('WeakPassword', {
  implements: Problem,
  description:
    'The password would be guessed soon. It needs at least 12 characters, and is no well-known one, no repetition and not made of the own name. The message says which.',
})
export class WeakPasswordType extends Problem {}
