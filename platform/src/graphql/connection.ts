import { ArgsType, type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { sql, type Statement } from '../database/sql.js';
import { badUserInput } from '../errors.js';
import { isId } from '../ids.js';

const LARGEST_PAGE = 200;
const USUAL_PAGE = 50;

@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'How many from the start (or after `after`); at most 200, 50 unless told.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many from the end (or before `before`); at most 200.',
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor.' })
  before?: string | null;
}

@Directive('@shareable')
@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field({ description: 'Whether more follow this page.' })
  hasNextPage!: boolean;

  @Field({ description: 'Whether more come before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first edge; null on an empty page.',
  })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last edge; null on an empty page.' })
  endCursor!: string | null;
}

/** A page of a list that is ordered by a uuidv7 key. */
export interface Page {
  size: number;
  after: string | null;
  before: string | null;
  backwards: boolean;
}

export interface Edge<Node> {
  node: Node;
  cursor: string;
}

export interface Connection<Node> {
  edges: Edge<Node>[];
  nodes: Node[];
  pageInfo: PageInfo;
  /** Counts the whole list; called only when the client selects totalCount. */
  count: () => Promise<number>;
}

/** The Relay connection of a node type, to be returned by a resolver as `toConnection(...)`. */
export function connectionType<Node extends object>(
  node: ClassType<Node>,
  name: string,
): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { description: `A ${name} and its place in the list.` })
  class NodeEdge implements Edge<Node> {
    @Field(() => node, { description: `The ${name}.` })
    node!: Node;

    @Field({ description: 'Its place: pass it as `after` or `before`.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}s.` })
  class NodeConnection implements Connection<Node> {
    @Field(() => [NodeEdge], { description: 'The page with a cursor for each node.' })
    edges!: NodeEdge[];

    @Field(() => [node], { description: 'The page without cursors.' })
    nodes!: Node[];

    @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
    pageInfo!: PageInfo;

    @Field(() => Int, {
      description: 'How many the whole list has. Costs a count of its own: select it only where it is shown.',
    })
    totalCount(): Promise<number> {
      return this.count();
    }

    count!: () => Promise<number>;
  }
  return NodeConnection;
}

const encodeCursor = (id: string): string => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');

function decodeCursor(cursor: string | null | undefined, field: string): string | null {
  if (cursor === null || cursor === undefined) return null;
  const hex = Buffer.from(cursor, 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!isId(id)) throw badUserInput(field, 'This is not a cursor of this list.');
  return id;
}

/** Reads the Relay arguments. Throws BAD_USER_INPUT for a size outside 0 to 200, `first` with `last`, or a foreign cursor. */
export function pageOf(args: ConnectionArgs): Page {
  const backwards = args.last !== null && args.last !== undefined;
  if (backwards && args.first !== null && args.first !== undefined) {
    throw badUserInput('last', 'Ask for `first` or for `last`, not for both.');
  }
  const field = backwards ? 'last' : 'first';
  const size = (backwards ? args.last : args.first) ?? USUAL_PAGE;
  if (size < 0 || size > LARGEST_PAGE) throw badUserInput(field, `A page has 0 to ${LARGEST_PAGE} entries.`);
  return {
    size,
    after: decodeCursor(args.after, 'after'),
    before: decodeCursor(args.before, 'before'),
    backwards,
  };
}

/**
 * The end of a page's query: `and id > ... order by id limit ...`. One row more than the page is read, to know whether
 * another page follows. `key` is the trusted name of the uuid column that orders the list.
 */
export function keyset(page: Page, key: string, order: 'asc' | 'desc' = 'asc'): Statement {
  const column = sql.raw(key);
  const [after, before] = order === 'asc' ? [sql.raw('>'), sql.raw('<')] : [sql.raw('<'), sql.raw('>')];
  const ascending = (order === 'asc') !== page.backwards;
  const conditions = [
    ...(page.after ? [sql`and ${column} ${after} ${page.after}`] : []),
    ...(page.before ? [sql`and ${column} ${before} ${page.before}`] : []),
    sql`order by ${column} ${sql.raw(ascending ? 'asc' : 'desc')} limit ${page.size + 1}`,
  ];
  return sql.join(conditions, ' ');
}

/** Makes a connection of the rows that a `keyset` query returned. */
export function toConnection<Node extends { id: string }>(
  rows: Node[],
  page: Page,
  count: () => Promise<number>,
): Connection<Node> {
  const more = rows.length > page.size;
  const nodes = rows.slice(0, page.size);
  if (page.backwards) nodes.reverse();
  const edges = nodes.map((node) => ({ node, cursor: encodeCursor(node.id) }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: page.backwards ? page.before !== null : more,
      hasPreviousPage: page.backwards ? more : page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    count,
  };
}
