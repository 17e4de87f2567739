import { badUserInput, type PlazaError } from '@plaza/platform/errors';
import { visit, type DocumentNode } from 'graphql';
import { inputPath, literalPath } from './input-path.js';

/** True for text that a database can keep: without U+0000, and without half of a surrogate pair. */
export const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** The error for text that can't be kept. */
export const notText = (field: string): PlazaError =>
  badUserInput(field, 'Text cannot hold the character U+0000 or half of a character.');

/** The error for a document with such text in one of its values; undefined when there is none. */
export function brokenText(document: DocumentNode): PlazaError | undefined {
  let broken: PlazaError | undefined;
  visit(document, {
    StringValue(node, _key, parent, steps, ancestors) {
      if (!isText(node.value))
        broken ??= notText(inputPath(literalPath(steps, parent ? [...ancestors, parent] : [])));
    },
  });
  return broken;
}
