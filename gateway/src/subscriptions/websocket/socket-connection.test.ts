import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { silent } from '@plaza/platform/events/tests/log-fixture';
import { WebSocket, WebSocketServer } from 'ws';
import { LastMessage } from './message.js';
import { SocketConnection } from './socket-connection.js';

const STALLED_MS = 1_000;
const MEGABYTE = 1024 * 1024;
const MUCH = Buffer.alloc(64 * MEGABYTE);

let server: WebSocketServer;
let client: WebSocket;
let clientStream: Socket;
let connection: SocketConnection;
let pinging: NodeJS.Timeout;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0 });
  const accepted = once(server, 'connection') as Promise<[WebSocket, IncomingMessage]>;
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const upgraded = once(client, 'upgrade') as Promise<[IncomingMessage]>;
  const [socket, request] = await accepted;
  connection = new SocketConnection(socket, request.socket, new LastMessage(), silent, STALLED_MS);
  clientStream = (await upgraded)[0].socket;
  pinging = setInterval(() => connection.ping(), 20);
});
afterEach(() => {
  clearInterval(pinging);
  client.terminate();
  server.close();
});

test('a client that takes what waits for it, however slowly, is left in peace', async () => {
  connection.socket.send(MUCH);
  const begun = Date.now();
  for (let taken = clientStream.bytesRead; Date.now() < begun + 2 * STALLED_MS; taken += 2 * MEGABYTE) {
    client.pause();
    await sleep(STALLED_MS / 4);
    client.resume();
    while (clientStream.bytesRead < taken) await sleep(1);
  }
  expect(connection.socket.readyState).toBe(WebSocket.OPEN);
  client.resume();
  await once(client, 'message');
});

test('a client that takes nothing is told 1013, when it comes to read it', async () => {
  client.pause();
  connection.socket.send(MUCH);
  const closed = once(client, 'close') as Promise<[number, Buffer]>;
  while (connection.socket.readyState === WebSocket.OPEN) await sleep(20);
  client.resume();
  const [code, reason] = await closed;
  expect([code, reason.toString()]).toEqual([1013, 'This client is too slow: connect again.']);
});

test('a client that answers no ping is cut off', async () => {
  const closed = once(client, 'close') as Promise<[number]>;
  client.pong = () => undefined;
  Object.assign(client, { _autoPong: false });
  expect((await closed)[0]).toBe(1006);
});
