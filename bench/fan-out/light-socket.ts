import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** What a light socket calls for each whole text frame: a view that is valid during the call only. */
export type OnText = (text: Buffer) => void;

const TEXT = 0x81;
const PING = 0x89;
const MASKED = 0x80;
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;
const NOTHING = Buffer.alloc(0);
/** What any of the sockets reads is looked at before the next one reads. */
const READING = Buffer.alloc(64 * 1024);

/**
 * The least that a client of a websocket can be: it opens, sends texts and finds where the frames that it gets begin and
 * end. A benchmark that measures a server must not spend its time in ten thousand comfortable clients.
 */
export class LightSocket {
  private rest: Buffer = NOTHING;
  private open = false;

  private constructor(
    private readonly socket: Socket,
    private readonly onText: OnText,
  ) {}

  /** Opens a websocket of the graphql-ws protocol. Rejects when the server refuses it. */
  static open(url: URL, onText: OnText): Promise<LightSocket> {
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: url.hostname,
        port: Number(url.port),
        noDelay: true,
        onread: {
          buffer: READING,
          callback(bytes, buffer) {
            light.read(buffer.subarray(0, bytes) as Buffer, () => resolve(light), reject);
            return true;
          },
        },
      });
      const light = new LightSocket(socket, onText);
      const key = randomBytes(16).toString('base64');
      socket.write(
        `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n` +
          `Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
      );
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('The server closed a connection.')));
    });
  }

  /** Sends a text of less than 64 KiB. */
  send(text: string): void {
    const body = Buffer.from(text);
    const long = body.length > 125;
    const head = Buffer.alloc(long ? 8 : 6);
    head[0] = TEXT;
    head[1] = MASKED | (long ? TWO_BYTES : body.length);
    if (long) head.writeUInt16BE(body.length, 2);
    // the mask is all zeros: the text stays as it is
    this.socket.write(Buffer.concat([head, body]));
  }

  close(): void {
    this.socket.destroy();
  }

  private read(data: Buffer, opened: () => void, refused: (error: Error) => void): void {
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, data]) : data;
    if (!this.open) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end === -1) {
        this.rest = bytes;
        return;
      }
      const status = bytes.subarray(0, bytes.indexOf('\r\n')).toString();
      if (!status.includes(' 101 ')) return refused(new Error(`The server refused a connection: ${status}`));
      this.open = true;
      bytes = bytes.subarray(end + 4);
      opened();
    }
    const rest = this.frames(bytes);
    this.rest = rest.length > 0 ? Buffer.from(rest) : NOTHING;
  }

  private frames(bytes: Buffer): Buffer {
    let at = 0;
    for (;;) {
      if (bytes.length < at + 2) break;
      let length = bytes[at + 1]!;
      let head = 2;
      if (length === TWO_BYTES) {
        if (bytes.length < at + 4) break;
        length = bytes.readUInt16BE(at + 2);
        head = 4;
      } else if (length === EIGHT_BYTES) {
        if (bytes.length < at + 10) break;
        length = Number(bytes.readBigUInt64BE(at + 2));
        head = 10;
      }
      if (bytes.length < at + head + length) break;
      if (bytes[at] === TEXT) this.onText(bytes.subarray(at + head, at + head + length));
      else if (bytes[at] === PING) this.socket.write(Buffer.from([0x8a, MASKED, 0, 0, 0, 0]));
      at += head + length;
    }
    return at === bytes.length ? NOTHING : bytes.subarray(at);
  }
}
