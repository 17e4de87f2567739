import { type RunningPlaza, startPlaza } from '../plaza/start-plaza.js';

/** Seconds before each attempt of a webhook: many and soon, so that a round ends soon. */
const SCHEDULE = [0, 1, 1, 1, 2, 2, 2, ...Array.from({ length: 20 }, () => 3)].join(',');

const LAST_LINES = 40;

/** One Plaza process of a round, at the same address again after it was killed. */
export class PlazaProcess {
  url = '';
  private running: Promise<RunningPlaza> | undefined;

  constructor(
    /** Also what its connections to the database are called, so that it is found by its locks. */
    readonly name: string,
    private readonly databaseUrl: string,
    private readonly folder: string,
    /** Where the product's files lie; undefined: here. */
    private readonly project: string | undefined,
  ) {}

  /** Starts it and waits until it is ready. */
  async start(): Promise<void> {
    const adminUrl = `${this.databaseUrl}?application_name=${this.name}`;
    const environment = {
      PORT: this.url === '' ? '0' : new URL(this.url).port,
      PLAZA_DATA_DIR: this.folder,
      PLAZA_LOG_LEVEL: 'warn',
      PLAZA_WEBHOOK_SCHEDULE: SCHEDULE,
      PLAZA_WEBHOOK_TIMEOUT_MS: '2000',
    };
    this.running = startPlaza({ adminUrl }, environment, this.project);
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

  /** Throws, with its last words, unless it lives. */
  async assertAlive(): Promise<void> {
    const { ok } = await fetch(`${this.url}/health/live`).catch(() => ({ ok: false }));
    if (ok) return;
    throw new Error(`${this.name} has ended by itself:\n${await this.lastWords()}`);
  }

  /** The end of what it printed. */
  async lastWords(): Promise<string> {
    return (await this.running)?.output().split('\n').slice(-LAST_LINES).join('\n') ?? '';
  }
}
