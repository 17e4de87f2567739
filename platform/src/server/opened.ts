/** What a program has opened so far, closed in reverse: what was opened last stands on what was opened first. */
export class Opened {
  private readonly closings: (() => Promise<unknown>)[] = [];
  private closed: Promise<void> | undefined;

  /** Remembers how to close what was just opened. */
  add(close: () => Promise<unknown>): void {
    this.closings.push(close);
  }

  /** Closes everything, also when something fails to close, and then rejects with the first failure. */
  close(): Promise<void> {
    this.closed ??= this.closeAll();
    return this.closed;
  }

  private async closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.closings.pop(); close; close = this.closings.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
