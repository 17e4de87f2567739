import { registerEnumType } from 'type-graphql';

/** Shows a list of words as a GraphQL enum; every word must be described. */
export function enumOf<Word extends string>(
  name: string,
  words: readonly Word[],
  description: string,
  descriptions: Record<Word, string>,
): Record<Word, Word> {
  const values = Object.fromEntries(words.map((word) => [word, word])) as Record<Word, Word>;
  const valuesConfig = Object.fromEntries(words.map((word) => [word, { description: descriptions[word] }]));
  registerEnumType(values, { name, description, valuesConfig: valuesConfig as never });
  return values;
}
