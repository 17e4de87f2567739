import type { ExecutionResult } from 'graphql';

/** What subscribers get, in both forms: made once, written once, sent to all who share it. */
export class Frame {
  private bytes: Buffer | undefined;

  /**
   * @param result the answer, with everything in it allowed to be seen
   * @param after the frame tells of the log behind this position
   * @param position and up to this one
   */
  constructor(
    readonly result: ExecutionResult,
    readonly after = 0,
    readonly position = 0,
  ) {}

  /** The result as JSON, in UTF-8. */
  get payload(): Buffer {
    return (this.bytes ??= Buffer.from(JSON.stringify(this.result)));
  }
}
