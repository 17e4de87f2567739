import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { GatheringSocket } from './gathering-socket.js';

type Writing = Parameters<NonNullable<GatheringSocket['_writev']>>;

/** Counts what goes to the kernel. */
class CountedSocket extends GatheringSocket {
  calls = 0;

  override _write(...writing: Parameters<GatheringSocket['_write']>): void {
    this.calls += 1;
    super._write(...writing);
  }

  override _writev(...writing: Writing): void {
    this.calls += 1;
    super._writev!(...writing);
  }
}

test('what is said in one turn of the event loop goes out at once and in order', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const received = once(server, 'connection').then(([socket]) => text(socket));
  const socket = new CountedSocket();
  socket.connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');

  const say = (statement: string) => {
    socket.cork();
    socket.write(statement);
    socket.uncork();
  };
  say('begin;');
  say('select;');
  await Promise.resolve();
  say('insert;');
  await new Promise((turn) => setImmediate(turn));
  expect(socket.calls).toBe(1);

  say('commit;');
  await new Promise((turn) => setImmediate(turn));
  expect(socket.calls).toBe(2);

  socket.end();
  expect(await received).toBe('begin;select;insert;commit;');
  server.close();
});
