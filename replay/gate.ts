/** Lets at most `width` pieces of work run at a time, the others in the order in which they came. */
export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly width: number) {}

  async through<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running === this.width) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place is handed on, so that nobody slips in between.
      if (next) next();
      else this.running--;
    }
  }
}
