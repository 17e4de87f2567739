import { readFile } from 'node:fs/promises';
import { type ASTNode, Kind, parse, visit } from 'graphql';

const DESCRIBED = new Set<string>([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.FIELD_DEFINITION,
  Kind.INPUT_VALUE_DEFINITION,
  Kind.ENUM_VALUE_DEFINITION,
]);

test('every type, field, argument and enum value of the graph has a description', async () => {
  const graph = parse(await readFile(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
  const bare: string[] = [];
  let described = 0;
  const path: string[] = [];
  visit(graph, {
    enter(node: ASTNode) {
      if (!DESCRIBED.has(node.kind)) return;
      const { name, description } = node as { name: { value: string }; description?: unknown };
      path.push(name.value);
      if (description) described += 1;
      else bare.push(path.join('.'));
    },
    leave(node: ASTNode) {
      if (DESCRIBED.has(node.kind)) path.pop();
    },
  });
  expect(bare).toEqual([]);
  expect(described).toBeGreaterThan(500);
});
