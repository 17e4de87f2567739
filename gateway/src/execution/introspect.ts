import { executeSync, Kind, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { PreparedOperation } from '../graph/prepare.js';
import type { FieldShape } from './shape.js';

const answers = new WeakMap<FieldShape, unknown>();

/** Answers `__schema` and `__type` from the graph's own schema, remembered for operations without variables. */
export function introspector(
  schema: GraphQLSchema,
  prepared: PreparedOperation,
  variables: Record<string, unknown>,
): (field: FieldShape) => unknown {
  return (field) => {
    const hasVariables = (prepared.operation.variableDefinitions?.length ?? 0) > 0;
    if (!hasVariables && answers.has(field)) return answers.get(field);
    const document: DocumentNode = {
      kind: Kind.DOCUMENT,
      definitions: [
        { ...prepared.operation, selectionSet: { kind: Kind.SELECTION_SET, selections: field.nodes } },
        ...Object.values(prepared.fragments),
      ],
    };
    const { data, errors } = executeSync({ schema, document, variableValues: variables });
    if (errors?.[0]) throw errors[0];
    const answer = data?.[field.responseName];
    if (!hasVariables) answers.set(field, answer);
    return answer;
  };
}
