/** How many events the writers have committed so far, for those who wait for it. */
export class Writing {
  /** Events whose commit was acknowledged; a killed server may have committed a few more. */
  committed = 0;
  private ceiling = Infinity;
  /** Writers who wait until the ceiling is above what is committed. */
  private held: (() => void)[] = [];
  private waiting: { count: number; wake: () => void }[] = [];

  constructor(
    readonly wanted: number,
    private readonly signal: AbortSignal,
    /** Called at every commit with the number of its events. */
    private readonly onCommit: (events: number) => void,
  ) {
    signal.addEventListener('abort', () => {
      this.wakeUpTo(Infinity);
      this.allow(Infinity);
    });
  }

  get done(): boolean {
    return this.committed >= this.wanted || this.signal.aborted;
  }

  /** Lets the writers commit up to about so many events, so that they don't end before everything planned has happened. */
  allow(count: number): void {
    this.ceiling = count;
    for (const wake of this.held.splice(0)) wake();
  }

  /** Resolves when another transaction may begin: false when enough is written. */
  async mayBegin(): Promise<boolean> {
    while (!this.done && this.committed >= this.ceiling) {
      await new Promise<void>((wake) => this.held.push(wake));
    }
    return !this.done;
  }

  add(events: number): void {
    this.committed += events;
    this.onCommit(events);
    this.wakeUpTo(this.done ? Infinity : this.committed);
  }

  /** Resolves when so many events are committed, or when no more will be. */
  async reached(count: number): Promise<void> {
    if (this.done || this.committed >= count) return;
    await new Promise<void>((wake) => this.waiting.push({ count, wake }));
  }

  private wakeUpTo(count: number): void {
    const due = this.waiting.filter((one) => one.count <= count);
    this.waiting = this.waiting.filter((one) => one.count > count);
    for (const { wake } of due) wake();
  }
}
