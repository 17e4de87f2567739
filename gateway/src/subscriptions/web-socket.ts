import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@plaza/platform/server/logger';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { protocolOptions, type Connection, type ProtocolOptions } from './protocol.js';

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
  /** How often a client is pinged; one that has not answered by the next ping is cut off. */
  pingMilliseconds: 12_000,
  /** How often the credential of an open socket is looked at again. */
  recheckMilliseconds: 10_000,
  sockets: 20_000,
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
    maxPayload: limits.messageBytes,
    handleProtocols,
    perMessageDeflate: false,
  });
  const connections = new Map<WebSocket, Connection>();
  const answering = new WeakSet<WebSocket>();
  let closing = false;

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    if (request.url?.split('?')[0] !== path) refuse(stream, '404 Not Found');
    else if (closing || connections.size >= limits.sockets) refuse(stream, '503 Service Unavailable');
    else sockets.handleUpgrade(request, stream, head, accept);
  };

  const accept = (socket: WebSocket): void => {
    const connection: Connection = {
      viewer: null,
      authorization: undefined,
      close: (code, reason) => socket.close(code, reason),
    };
    connections.set(socket, connection);
    answering.add(socket);
    socket.on('pong', () => answering.add(socket));
    // ws has closed the socket with the right code by itself: too long, not UTF-8, a broken frame
    socket.on('error', (error) => logger.debug({ error }, 'a websocket failed'));
    const onClosed = protocol.opened(
      {
        protocol: socket.protocol,
        // the stream waits for the client to take the frame: what it can't take waits in the log
        send: (text) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) resolve();
            else socket.send(text, (error) => (error ? reject(error) : resolve()));
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (receive) =>
          socket.on('message', (message: Buffer) => {
            receive(message.toString()).catch((error: unknown) => {
              if (socket.readyState !== socket.OPEN) return;
              logger.error({ error }, 'a websocket message failed');
              socket.close(CloseCode.InternalServerError, 'Something went wrong on our side.');
            });
          }),
      },
      connection,
    );
    socket.once('close', (code, reason) => {
      connections.delete(socket);
      onClosed(code, reason.toString()).catch((error: unknown) =>
        logger.error({ error }, 'a websocket did not end well'),
      );
    });
  };

  const ping = setInterval(() => {
    for (const socket of connections.keys()) {
      if (!answering.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, limits.pingMilliseconds).unref();
  const recheck = setInterval(() => {
    for (const connection of connections.values()) void connection.recheck?.();
  }, limits.recheckMilliseconds).unref();

  server.on('upgrade', onUpgrade);
  return {
    get connections() {
      return connections.size;
    },
    async close() {
      closing = true;
      clearInterval(ping);
      clearInterval(recheck);
      const left = [...connections.keys()].map(
        (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
      );
      for (const socket of connections.keys())
        socket.close(SERVICE_RESTART, 'Plaza restarts: connect again.');
      const late = setTimeout(() => {
        for (const socket of connections.keys()) socket.terminate();
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
