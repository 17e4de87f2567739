import { createHash } from 'node:crypto';
import type { EntitySchema } from '@mikro-orm/core';

/** A piece of SQL with its values. A class, so that no object out of a caller's JSON can pass for one. */
export class Statement {
  constructor(
    readonly parts: readonly string[],
    readonly values: readonly unknown[],
  ) {}
}

/** What pg executes: numbered placeholders and the name under which the connection keeps it prepared. */
export interface PreparedStatement {
  name: string;
  text: string;
  values: unknown[];
}

function tag(strings: TemplateStringsArray, ...inserted: unknown[]): Statement {
  const parts = [strings[0] ?? ''];
  const values: unknown[] = [];
  inserted.forEach((value, index) => {
    const after = strings[index + 1] ?? '';
    if (value instanceof Statement) {
      parts[parts.length - 1] += value.parts[0] ?? '';
      parts.push(...value.parts.slice(1));
      values.push(...value.values);
      parts[parts.length - 1] += after;
    } else {
      values.push(value);
      parts.push(after);
    }
  });
  return new Statement(parts, values);
}

/** Splices text into a statement. For trusted text only: names and fragments from the code, never from a caller. */
const raw = (text: string): Statement => new Statement([text], []);

function join(fragments: readonly Statement[], separator: string): Statement {
  return fragments.reduce<Statement>(
    (all, fragment, index) => (index === 0 ? fragment : tag`${all}${raw(separator)}${fragment}`),
    raw(''),
  );
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const columnLists = new WeakMap<object, Map<string, Statement>>();

/** The columns of an entity under its property names: `t.id, t.entered_at as "enteredAt"`. */
function columns(entity: EntitySchema, alias = ''): Statement {
  const lists = columnLists.get(entity) ?? new Map<string, Statement>();
  columnLists.set(entity, lists);
  let list = lists.get(alias);
  if (!list) {
    const prefix = alias ? `${alias}.` : '';
    const names = Object.keys(entity.meta.properties).map((property) => {
      const column = prefix + snakeCase(property);
      return column === prefix + property ? column : `${column} as "${property}"`;
    });
    list = raw(names.join(', '));
    lists.set(alias, list);
  }
  return list;
}

/** `sql\`select ... where id = ${id}\`` is a statement; nested statements are spliced, everything else is a value. */
export const sql = Object.assign(tag, { raw, join, columns });

const names = new Map<string, string>();

/** The statement as pg wants it. Equal texts share one name, so that each connection prepares them once. */
export function prepare(statement: Statement): PreparedStatement {
  let text = statement.parts[0] ?? '';
  for (let index = 1; index < statement.parts.length; index += 1)
    text += `$${index}${statement.parts[index]}`;
  let name = names.get(text);
  if (!name) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
    names.set(text, name);
  }
  return { name, text, values: statement.values as unknown[] };
}
