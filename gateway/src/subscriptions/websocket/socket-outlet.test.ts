import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { Frame } from '../frame.js';
import { LastMessage } from './message.js';
import { SocketOutlet } from './socket-outlet.js';

const MUCH = 'x'.repeat(8 * 1024 * 1024);

let server: WebSocketServer;
beforeEach(() => void (server = new WebSocketServer({ port: 0 })));
afterEach(() => server.close());

async function open(lastMessage: LastMessage, id: string) {
  const accepted = once(server, 'connection') as Promise<[WebSocket, IncomingMessage]>;
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [socket, request] = await accepted;
  const outlet = new SocketOutlet({ socket, stream: request.socket, lastMessage }, id);
  const ids: unknown[] = [];
  client.on('message', (text: Buffer) => ids.push((JSON.parse(text.toString()) as { id: unknown }).id));
  return { client, outlet, ids };
}

test('what still waits for a slow client is not changed by what others are told', async () => {
  const lastMessage = new LastMessage();
  const slow = await open(lastMessage, 'slow');
  const fast = await open(lastMessage, 'fast');
  // the kernel takes what comes first; the second id waits behind it
  const frames = [new Frame({ data: { MUCH } }), new Frame({ data: {} })];
  slow.client.pause();
  slow.outlet.send(frames);
  expect(slow.outlet.waiting).toBeGreaterThan(0);
  fast.outlet.send(frames);
  slow.client.resume();
  for (const { client, ids } of [slow, fast]) {
    while (ids.length < 2) await once(client, 'message');
    client.terminate();
  }
  expect([slow.ids, fast.ids]).toEqual([
    ['slow', 'slow'],
    ['fast', 'fast'],
  ]);
});
