import { createServer } from 'node:http';
import {
  GraphQLID,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';

/*
 * The two servers beside which Plaza is measured, one for each start: `raw`, where every change is the same bytes sent
 * to every socket by ws; and `each`, where graphql-ws executes the operation anew for every subscriber. Neither has a
 * database, a log, tenants or other subgraphs. A line on stdin is a change: its number.
 */

const LOCATION = { id: '0198c0de-0000-7000-8000-000000000001', name: 'Bench' };
const TOTAL = 4_000;

const http = createServer();
const changed = process.argv[2] === 'raw' ? raw() : each();
process.stdin.setEncoding('utf8').on('data', (lines: string) => {
  for (const line of lines.split('\n')) if (line) changed(Number(line));
});
process.on('SIGINT', () => process.exit(0));
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (typeof address === 'object' && address)
    process.stdout.write(`Answering at ws://127.0.0.1:${address.port}/graphql\n`);
});

function stateOf(occupied: number) {
  return { ...LOCATION, occupancy: { occupied, available: TOTAL - occupied, total: TOTAL } };
}

function raw(): (occupied: number) => void {
  /** A socket stands here once for each subscription on it. */
  let subscribed: WebSocket[] = [];
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  const frame = (occupied: number) =>
    JSON.stringify({
      id: LOCATION.id,
      type: 'next',
      payload: { data: { occupancyChanged: stateOf(occupied) } },
    });
  server.on('connection', (socket) => {
    socket.on('close', () => (subscribed = subscribed.filter((other) => other !== socket)));
    socket.on('message', (message: Buffer) => {
      if (message.includes('connection_init')) return socket.send('{"type":"connection_ack"}');
      subscribed.push(socket);
      socket.send(frame(0));
    });
  });
  return (occupied) => {
    const text = frame(occupied);
    for (const socket of subscribed) socket.send(text);
  };
}

function each(): (occupied: number) => void {
  const listeners = new Set<() => void>();
  let newest = 0;
  const int = { type: new GraphQLNonNull(GraphQLInt) };
  const text = { type: new GraphQLNonNull(GraphQLString) };
  const occupancy = new GraphQLObjectType({
    name: 'Occupancy',
    fields: { occupied: int, available: int, total: int },
  });
  const location = new GraphQLObjectType({
    name: 'Location',
    fields: { id: text, name: text, occupancy: { type: occupancy } },
  });
  async function* changes() {
    let told = -1;
    let wake = () => {};
    const listener = () => wake();
    listeners.add(listener);
    try {
      for (;;) {
        if (told === newest) await new Promise<void>((resolve) => (wake = resolve));
        told = newest;
        yield { occupancyChanged: stateOf(newest) };
      }
    } finally {
      listeners.delete(listener);
    }
  }
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { ok: text } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        occupancyChanged: {
          type: location,
          args: { locationId: { type: new GraphQLNonNull(GraphQLID) }, throttleMs: { type: GraphQLInt } },
          subscribe: changes,
        },
      },
    }),
  });
  useServer({ schema }, new WebSocketServer({ server: http, path: '/graphql', perMessageDeflate: false }));
  return (occupied) => {
    newest = occupied;
    for (const listener of listeners) listener();
  };
}
