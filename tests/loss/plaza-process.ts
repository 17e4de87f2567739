import { type RunningPlaza, startProcess } from '../plaza/start-plaza.js';

const LAST_LINES = 40;

/** What a process runs, and with which settings. */
export interface ProcessPlan {
  /** From the project's folder. */
  file: string;
  environment: Record<string, string>;
}

/** One process of Plaza in a round, at the same address again after it was killed. */
export class PlazaProcess {
  url = '';
  private running: Promise<RunningPlaza> | undefined;

  constructor(
    /** Also what its connections to the database are called, so that it is found by its locks. */
    readonly name: string,
    /** Asked at each start. */
    private readonly plan: () => ProcessPlan,
    /** Where the product's files lie; undefined: here. */
    private readonly project: string | undefined,
  ) {}

  /** Starts it and waits until it is ready. */
  async start(): Promise<void> {
    const { file, environment } = this.plan();
    const PORT = this.url === '' ? '0' : new URL(this.url).port;
    this.running = startProcess(file, { ...environment, PORT }, this.project);
    this.url = (await this.running).url;
  }

  /** SIGKILL; one that is being started is killed when it is ready. */
  async kill(): Promise<void> {
    await this.running?.then(
      (plaza) => plaza.kill(),
      // it has ended by itself, and start() has told why
      () => undefined,
    );
  }

  /** SIGTERM; answers the exit code. */
  async stop(): Promise<number | null> {
    return (await this.running)?.stop('SIGTERM') ?? null;
  }

  /** Throws, with its last words, unless it lives. */
  async assertAlive(): Promise<void> {
    const { ok } = await fetch(new URL('/health/live', this.url)).catch(() => ({ ok: false }));
    if (ok) return;
    throw new Error(`${this.name} has ended by itself:\n${await this.lastWords()}`);
  }

  /** The end of what it printed. */
  async lastWords(): Promise<string> {
    return (await this.running)?.output().split('\n').slice(-LAST_LINES).join('\n') ?? '';
  }
}
