import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { Database } from './database.js';
import { sql } from './sql.js';

/** A message of PostgreSQL's protocol. */
const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const WELCOME = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))]);
const FAREWELL = message(
  'E',
  Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0'),
);

let server: Server;
beforeEach(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    // both in one packet: the connection is lost in the moment in which it is made
    socket.once('data', () => socket.end(Buffer.concat([WELCOME, FAREWELL])));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

test('a server that dies as it lets a connection in fails the transaction and not the process', async () => {
  const { port } = server.address() as AddressInfo;
  const database = new Database({ url: `postgres://anybody@127.0.0.1:${port}/any`, applicationName: 'test' });
  await expect(database.read({ tenantId: null }, (tx) => tx.row(sql`select 1`))).rejects.toThrow();
  await database.close();
});
