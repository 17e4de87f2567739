import { badUserInput, type PlazaError } from '@plaza/platform/errors';
import { Kind, visit, type ASTNode, type DocumentNode } from 'graphql';

/** True for text that a database can keep: without U+0000, and without half of a surrogate pair. */
export const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** The error for text that can't be kept, at the path of names and indices inside the input. */
export const notText = (path: readonly (string | number)[]): PlazaError =>
  badUserInput(path.join('.'), 'Text cannot hold the character U+0000 or half of a character.');

/** The error for a document with such text in one of its values; undefined when there is none. */
export function brokenText(document: DocumentNode): PlazaError | undefined {
  let broken: PlazaError | undefined;
  visit(document, {
    StringValue(node, _key, parent, steps, ancestors) {
      if (!isText(node.value)) broken ??= notText(pathOf(steps, parent ? [...ancestors, parent] : []));
    },
  });
  return broken;
}

function pathOf(
  steps: readonly (string | number)[],
  ancestors: readonly (ASTNode | readonly ASTNode[])[],
): (string | number)[] {
  const path: (string | number)[] = [];
  ancestors.forEach((ancestor, depth) => {
    if (!('kind' in ancestor)) return;
    if (ancestor.kind === Kind.LIST) path.push(steps[depth + 1] ?? '');
    else if (ancestor.kind === Kind.ARGUMENT || ancestor.kind === Kind.OBJECT_FIELD)
      path.push(ancestor.name.value);
    else if (ancestor.kind === Kind.VARIABLE_DEFINITION) path.push(ancestor.variable.name.value);
  });
  return path.length > 1 && path[0] === 'input' ? path.slice(1) : path;
}
