import { Kind, type ASTNode } from 'graphql';

/** The way to a value through arguments, variables, fields and lists. */
export type Path = readonly (string | number)[];

/** `extensions.field` for a literal: the argument's name, or the way inside a mutation's `input`. */
export const inputPath = (path: Path): string =>
  (path.length > 1 && path[0] === 'input' ? path.slice(1) : path).join('.');

/** `extensions.field` for a value of a variable: its name, or the way inside it where it is an input object. */
export function variablePath(variables: Record<string, unknown>, path: Path): string {
  const [name = ''] = path;
  return (path.length > 1 && !Array.isArray(variables[name]) ? path.slice(1) : path).join('.');
}

/** The way to a literal, from the steps and ancestors that graphql-js's `visit` tells of it. */
export function literalPath(steps: Path, lineage: readonly (ASTNode | readonly ASTNode[])[]): Path {
  const path: (string | number)[] = [];
  lineage.forEach((node, depth) => {
    if (!('kind' in node)) return;
    if (node.kind === Kind.LIST && depth + 1 < steps.length) path.push(steps[depth + 1] ?? '');
    else if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) path.push(node.name.value);
    else if (node.kind === Kind.VARIABLE_DEFINITION) path.push(node.variable.name.value);
  });
  return path;
}
