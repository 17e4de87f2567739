import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Frame } from '../frame.js';
import type { Outlet } from '../outlet.js';

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };
/** Each frame that waits counts as so many bytes, so that few are enough to be slow. */
const FRAME_BYTES = 64 * 1024;

/** An outlet for tests: frames wait until they are asked for, and the test is the client that takes them. */
export class QueueOutlet implements Outlet, AsyncGenerator<ExecutionResult, void> {
  stop: () => void = () => undefined;
  interrupted: string | undefined;
  private readonly frames: Frame[] = [];
  private outcome: { error?: GraphQLError } | undefined;
  private wake: () => void = () => undefined;
  private emptied: (() => void)[] = [];

  send(frames: readonly Frame[]): void {
    this.frames.push(...frames);
    this.wake();
  }

  get waiting(): number {
    return this.frames.length * FRAME_BYTES;
  }

  taken(patienceMs: number): Promise<boolean> {
    if (this.frames.length === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const late = setTimeout(resolve, patienceMs, false);
      this.emptied.push(() => {
        clearTimeout(late);
        resolve(true);
      });
    });
  }

  complete(): void {
    this.end({});
  }

  fail(error: GraphQLError): void {
    this.end({ error });
  }

  interrupt(reason: string): void {
    this.interrupted = reason;
    this.end({});
  }

  async next(): Promise<IteratorResult<ExecutionResult, void>> {
    for (;;) {
      const frame = this.frames.shift();
      if (this.frames.length === 0) for (const resolve of this.emptied.splice(0)) resolve();
      if (frame) return { done: false, value: JSON.parse(frame.payload.toString()) as ExecutionResult };
      if (this.outcome?.error) throw this.outcome.error;
      if (this.outcome) return END;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  return(): Promise<IteratorResult<ExecutionResult, void>> {
    this.end({});
    this.stop();
    return Promise.resolve(END);
  }

  throw(): Promise<IteratorResult<ExecutionResult, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  private end(outcome: { error?: GraphQLError }): void {
    this.outcome ??= outcome;
    this.wake();
  }
}
