import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from '@plaza/platform/server/logger';
import { handleProtocols, makeServer } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { STALLED_MS } from '../outlet.js';
import { LastMessage } from './message.js';
import { protocolOptions, type Connection, type ProtocolOptions } from './protocol.js';
import { SocketConnection } from './socket-connection.js';

export interface WebSocketOptions extends ProtocolOptions {
  /** Where sockets are accepted; /graphql unless told. */
  path?: string;
  logger: Logger;
  limits?: Partial<typeof WEB_SOCKET_LIMITS>;
}

export const WEB_SOCKET_LIMITS = {
  /** The longest message from a client, in bytes; a longer one closes its socket with 1009. */
  messageBytes: 64 * 1024,
  /** How long a client may take to send connection_init; then its socket closes with 4408. */
  initMilliseconds: 3_000,
  /** How often a client is pinged; one that has answered none of three by the next is cut off. */
  pingMilliseconds: 12_000,
  /** Who takes nothing of what waits for it for so long is sent away. */
  stalledMilliseconds: STALLED_MS,
  sockets: 30_000,
};

export interface AttachedWebSocket {
  /** How many sockets are open. */
  readonly connections: number;
  /**
   * Tells every client with 1012 to come back, and waits until all have left or been cut off. Who comes back to this
   * server meanwhile is answered with 503.
   */
  close(): Promise<void>;
}

const SERVICE_RESTART = 1012;
const GRACE_MILLISECONDS = 2_000;
// not all at once: pinging twenty thousand sockets takes a while
const PING_SLICES = 12;

/** Serves graphql-ws (graphql-transport-ws) on an HTTP server. */
export function attachWebSocket(server: Server, options: WebSocketOptions): AttachedWebSocket {
  const limits = { ...WEB_SOCKET_LIMITS, ...options.limits };
  const { logger, path = '/graphql' } = options;
  const protocol = makeServer<Record<string, unknown>, Connection>({
    ...protocolOptions(options),
    connectionInitWaitTimeout: limits.initMilliseconds,
  });
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.messageBytes,
    handleProtocols,
    perMessageDeflate: false,
  });
  const lastMessage = new LastMessage();
  const connections = new Set<SocketConnection>();
  const slices = Array.from({ length: PING_SLICES }, () => new Set<SocketConnection>());
  let accepted = 0;
  let pings = 0;
  let closing = false;

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    if (request.url?.split('?')[0] !== path) refuse(stream, '404 Not Found');
    else if (closing || connections.size >= limits.sockets) refuse(stream, '503 Service Unavailable');
    else sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, request.socket));
  };

  const accept = (socket: WebSocket, stream: Socket): void => {
    const connection = new SocketConnection(socket, stream, lastMessage, logger, limits.stalledMilliseconds);
    const slice = slices[accepted++ % PING_SLICES];
    connections.add(connection);
    slice?.add(connection);
    connection.speak(protocol, () => {
      connections.delete(connection);
      slice?.delete(connection);
    });
  };

  const ping = setInterval(() => {
    for (const connection of slices[pings++ % PING_SLICES] ?? []) connection.ping();
  }, limits.pingMilliseconds / PING_SLICES).unref();

  server.on('upgrade', onUpgrade);
  return {
    get connections() {
      return connections.size;
    },
    async close() {
      closing = true;
      clearInterval(ping);
      const left = [...connections].map(
        ({ socket }) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
      );
      for (const { socket } of connections) socket.close(SERVICE_RESTART, 'Plaza restarts: connect again.');
      const late = setTimeout(() => {
        for (const { socket } of connections) socket.terminate();
      }, GRACE_MILLISECONDS);
      await Promise.all(left);
      clearTimeout(late);
      sockets.close();
    },
  };
}

function refuse(stream: Duplex, status: string): void {
  stream.on('error', () => undefined);
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
