import type { Socket } from 'node:net';
import type { Logger } from '@plaza/platform/server/logger';
import type { Viewer } from '@plaza/platform/viewer';
import { CloseCode, type Server, type WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { takenFrom } from '../outlet.js';
import type { LastMessage } from './message.js';
import { Operations } from './operations.js';
import { turnedAway, type Connection } from './protocol.js';
import { TRY_AGAIN } from './socket-outlet.js';

/** Pongs of a client that has just caught up are late. */
const MOST_UNANSWERED = 3;

/** One open websocket: what the protocol's server and the subscriptions need of it. */
export class SocketConnection implements Connection, ProtocolSocket {
  viewer: Viewer | null = null;
  /** How many pings it has not answered. */
  private unanswered = 0;
  private minding = false;
  operations: { readonly size: number } = { size: 0 };

  constructor(
    readonly socket: WebSocket,
    readonly stream: Socket,
    readonly lastMessage: LastMessage,
    private readonly logger: Logger,
    private readonly stalledMs: number,
  ) {
    // each subscription that waits for the client listens for a moment
    stream.setMaxListeners(0);
    socket.on('pong', () => (this.unanswered = 0));
    socket.on('ping', () => this.readOnlyWhatIsTaken());
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
    const operations = new Operations(receive, () => this.socket.readyState === this.socket.OPEN);
    this.operations = operations;
    this.socket.on('message', (message: Buffer) => {
      operations.take(message.toString()).catch((error: unknown) => {
        if (this.socket.readyState !== this.socket.OPEN) return;
        if (isTheirs(error)) return this.socket.close(CloseCode.BadRequest, error.message);
        this.logger.error({ error }, 'a websocket message failed');
        this.socket.close(CloseCode.InternalServerError, 'Something went wrong on our side.');
      });
      this.readOnlyWhatIsTaken();
    });
  }

  /** Who does not take the answers is asked for no more questions meanwhile. */
  private readOnlyWhatIsTaken(): void {
    if (!this.stream.writableNeedDrain || this.socket.isPaused) return;
    this.socket.pause();
    this.stream.once('drain', () => this.socket.resume());
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

  /**
   * Asks whether the client is still there; cuts it off when it has answered none of the last few times. An answer would
   * come after all that waits for the client: who is slow is not asked, but sent away when it takes nothing for too long.
   */
  ping(): void {
    if (this.stream.writableNeedDrain) {
      this.unanswered = 0;
      void this.mindBacklog();
    } else if (this.unanswered === MOST_UNANSWERED) {
      this.socket.terminate();
    } else {
      this.unanswered += 1;
      this.socket.ping();
    }
  }

  private async mindBacklog(): Promise<void> {
    if (this.minding) return;
    this.minding = true;
    const moving = await takenFrom(this.stream, this.stalledMs);
    this.minding = false;
    if (!moving) this.socket.close(TRY_AGAIN, 'This client is too slow: connect again.');
  }
}

/** graphql-ws throws for the messages that only a server sends. */
const isTheirs = (error: unknown): error is Error =>
  error instanceof Error && error.message.startsWith('Unexpected message of type');
