import type { Duplex } from 'node:stream';
import type { Logger } from '@plaza/platform/server/logger';
import type { Viewer } from '@plaza/platform/viewer';
import { CloseCode, type Server, type WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { turnedAway, type Connection } from './protocol.js';

/** One open websocket: what the protocol's server and the subscriptions need of it. */
export class SocketConnection implements Connection, ProtocolSocket {
  viewer: Viewer | null = null;
  /** Has answered the last ping, or was not pinged yet. */
  answering = true;

  constructor(
    readonly socket: WebSocket,
    readonly stream: Duplex,
    private readonly logger: Logger,
  ) {
    // each subscription that waits for the client listens for a moment
    stream.setMaxListeners(0);
    socket.on('pong', () => (this.answering = true));
    // ws has closed the socket with the right code by itself: too long, not UTF-8, a broken frame
    socket.on('error', (error) => logger.debug({ error }, 'a websocket failed'));
  }

  get protocol(): string {
    return this.socket.protocol;
  }

  turnAway(reason: string): void {
    turnedAway(this, reason);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  /** Resolves when the client has taken the text, or is gone. */
  send(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.socket.readyState !== this.socket.OPEN) resolve();
      else this.socket.send(text, (error) => (error ? reject(error) : resolve()));
    });
  }

  onMessage(receive: (text: string) => Promise<void>): void {
    this.socket.on('message', (message: Buffer) => {
      receive(message.toString()).catch((error: unknown) => {
        if (this.socket.readyState !== this.socket.OPEN) return;
        this.logger.error({ error }, 'a websocket message failed');
        this.socket.close(CloseCode.InternalServerError, 'Something went wrong on our side.');
      });
    });
  }

  /** Hands the socket to the protocol's server; `onClosed` is called when it is gone. */
  speak(protocol: Server<Connection>, onClosed: () => void): void {
    const ended = protocol.opened(this, this);
    this.socket.once('close', (code, reason) => {
      onClosed();
      ended(code, reason.toString()).catch((error: unknown) =>
        this.logger.error({ error }, 'a websocket did not end well'),
      );
    });
  }

  /** Asks whether the client is still there; cuts it off when it has not answered the last time. */
  ping(): void {
    if (!this.answering) return this.socket.terminate();
    this.answering = false;
    this.socket.ping();
  }
}
