import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphClient } from './graph-client.js';

const PING = { name: 'ping', text: '{ ping }' };
let server: Server;
let client: GraphClient;
let answers: ((response: ServerResponse, request: IncomingMessage) => void)[];
const timed: [string, number][] = [];

beforeEach(async () => {
  timed.length = 0;
  server = createServer((request, response) => answers.shift()!(response, request));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new GraphClient(`http://127.0.0.1:${port}`, 1, (operation, _, retries) =>
    timed.push([operation, retries]),
  );
});
afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  server.close();
});

const pong = (response: ServerResponse) => response.end('{"data":{"ping":"pong"}}');
const refuse =
  (code: string, extensions = {}) =>
  (response: ServerResponse) =>
    response.end(
      JSON.stringify({ data: null, errors: [{ message: 'no', extensions: { code, ...extensions } }] }),
    );

test('a request is sent again when the server is busy or the connection is cut', async () => {
  answers = [
    pong,
    (response) => response.writeHead(503).end('busy'),
    (response) => response.destroy(),
    refuse('RATE_LIMITED', { retryAfter: 0.01 }),
    pong,
  ];
  await client.request(PING, {});
  expect(await client.request(PING, {})).toEqual({ ping: 'pong' });
  expect(timed).toEqual([
    ['ping', 0],
    ['ping', 3],
  ]);
});

test('what the graph refuses is thrown once, with its code', async () => {
  answers = [refuse('FORBIDDEN')];
  await expect(client.request(PING, {})).rejects.toMatchObject({ name: 'GraphError', code: 'FORBIDDEN' });
});

test('an address that never answered is given up at once', async () => {
  answers = [];
  server.close();
  await expect(client.request(PING, {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('an answer that is no GraphQL says so', async () => {
  answers = [(response) => response.writeHead(404).end('<html>')];
  await expect(client.request(PING, {})).rejects.toThrow(
    'this is no GraphQL endpoint: it answers 404 with "<html>"',
  );
});

test('the access token travels with every request but the anonymous ones', async () => {
  const seen: (string | undefined)[] = [];
  const record = (response: ServerResponse, request: IncomingMessage) => {
    seen.push(request.headers.authorization);
    pong(response);
  };
  answers = [record, record];
  client.accessToken = async () => 'secret';
  await client.request(PING, {});
  await client.request(PING, {}, { anonymous: true });
  expect(seen).toEqual(['Bearer secret', undefined]);
});
