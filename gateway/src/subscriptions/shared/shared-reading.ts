/**
 * Reads something for many at once. Who asks while a reading is under way shares the next one, which begins after that:
 * nobody is given something older than their question.
 */
export class SharedReading<Value> {
  private current: Promise<unknown> = Promise.resolve();
  private upcoming: Promise<Value> | undefined;

  constructor(private readonly read: () => Promise<Value>) {}

  /** The value as it is at some time after this call. Rejects when it can't be read. */
  get(): Promise<Value> {
    this.upcoming ??= this.current.then(() => {
      this.upcoming = undefined;
      const reading = this.read();
      this.current = reading.catch(() => undefined);
      return reading;
    });
    return this.upcoming;
  }
}
