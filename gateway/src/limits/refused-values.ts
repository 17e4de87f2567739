import {
  coerceInputValue,
  GraphQLError,
  isInputType,
  isNonNullType,
  Kind,
  typeFromAST,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';
import { inputPath, literalPath, variablePath, type Path } from './input-path.js';

/** The fields of an input object that graphql-js names in words only. */
const NAMED_FIELD = /^Field "(?:\w+\.)?(\w+)" (?:of required type|is not defined)/;

/**
 * Names the field at which each variable was refused in `extensions.field`. `errors` are those of getVariableValues for the
 * same definitions and values: graphql-js tells the place in the message only, so the places are found again, in its order.
 */
export function nameRefusedVariables(
  errors: readonly GraphQLError[],
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  given: Record<string, unknown>,
): void {
  const paths = definitions.flatMap((definition) => refusedPaths(schema, definition, given));
  errors.forEach((error, index) => {
    const path = paths[index];
    // the last one may only say that there are too many
    if (path && error.nodes) error.extensions.field ??= variablePath(given, path);
  });
}

function refusedPaths(
  schema: GraphQLSchema,
  { variable, type: typeNode, defaultValue }: VariableDefinitionNode,
  given: Record<string, unknown>,
): Path[] {
  const name = variable.name.value;
  const type = typeFromAST(schema, typeNode);
  if (!isInputType(type)) return [[name]];
  if (!Object.hasOwn(given, name)) return !defaultValue && isNonNullType(type) ? [[name]] : [];
  if (given[name] === null) return isNonNullType(type) ? [[name]] : [];
  const paths: Path[] = [];
  coerceInputValue(given[name], type, (path, _value, { message }) => {
    paths.push([name, ...path, ...fieldNamedIn(message)]);
  });
  return paths;
}

const fieldNamedIn = (message: string): string[] => NAMED_FIELD.exec(message)?.slice(1, 2) ?? [];

/** Names the field at which a literal of the document was refused in `extensions.field`; leaves other errors alone. */
export function nameRefusedLiteral(error: GraphQLError, document: DocumentNode): void {
  const [refused] = error.nodes ?? [];
  if (!refused || !isInsideInput(refused)) return;
  visit(document, {
    enter(node, _key, parent, steps, ancestors) {
      if (node !== refused) return undefined;
      const lineage = [...ancestors, ...(parent ? [parent] : []), node];
      const path = [
        ...literalPath(steps, lineage),
        ...(node.kind === Kind.OBJECT ? fieldNamedIn(error.message) : []),
      ];
      if (path.length > 0) error.extensions.field ??= inputPath(path);
      return false;
    },
  });
}

const INPUT_KINDS = new Set<string>([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
]);

const isInsideInput = ({ kind }: ASTNode): boolean => INPUT_KINDS.has(kind);
