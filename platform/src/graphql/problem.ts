import { Field, InterfaceType } from 'type-graphql';

/** Implementations stay where they are used: with automatic registration one subgraph would show another's. */
@InterfaceType({
  description: 'A failure that the caller can act on. Every mutation lists its own in its result union.',
  autoRegisterImplementations: false,
})
export abstract class Problem {
  @Field({ description: 'What went wrong, in a sentence for a person.' })
  message!: string;
}
