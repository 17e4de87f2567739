import type { Frame } from '../frame.js';
import { headBytes, writeHead } from './text-frame.js';

const BEFORE_ID = Buffer.from('{"id":');
const BEHIND_ID = Buffer.from(',"type":"next","payload":');
const CLOSING_BRACE = 0x7d;

/** Frames as the bytes that go over a websocket, each in a message of its own, for a subscription whose id is to be set. */
class Message {
  private readonly bytes: Buffer;
  private readonly ids: number[] = [];

  constructor(
    readonly frames: readonly Frame[],
    readonly idBytes: number,
  ) {
    const lengths = frames.map(
      ({ payload }) => BEFORE_ID.length + idBytes + BEHIND_ID.length + payload.length + 1,
    );
    this.bytes = Buffer.allocUnsafeSlow(lengths.reduce((sum, length) => sum + headBytes(length) + length, 0));
    let at = 0;
    for (const [index, { payload }] of frames.entries()) {
      at = writeHead(this.bytes, at, lengths[index]!);
      at += BEFORE_ID.copy(this.bytes, at);
      this.ids.push(at);
      at += idBytes;
      at += BEHIND_ID.copy(this.bytes, at);
      at += payload.copy(this.bytes, at);
      this.bytes[at++] = CLOSING_BRACE;
    }
  }

  to(id: Buffer): Buffer {
    for (const at of this.ids) id.copy(this.bytes, at);
    return this.bytes;
  }
}

/**
 * What was said last. Thousands are told the same frames one after the other, and their ids are of one length: they get
 * the same bytes, in which only the id is written anew.
 */
export class LastMessage {
  private last: Message | undefined;

  /** The bytes for the subscription with this id (JSON, in UTF-8). They change with the next call unless kept. */
  of(frames: readonly Frame[], id: Buffer): Buffer {
    if (this.last?.frames !== frames || this.last.idBytes !== id.length)
      this.last = new Message(frames, id.length);
    return this.last.to(id);
  }

  /** Leaves the bytes that were got last as they are: somebody still needs them. */
  keep(): void {
    this.last = undefined;
  }
}
