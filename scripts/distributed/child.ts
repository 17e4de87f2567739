import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '@plaza/platform/server/start';

const PRELOAD = new URL('end-with-parent.mjs', import.meta.url).href;
const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;

/** How one process of the distributed topology is started. */
export interface ChildPlan {
  name: string;
  /** The file that it runs, from the project's folder. */
  file: string;
  environment: Record<string, string>;
}

/** A process of the distributed topology: its lines are printed with its name in front. */
export class Child {
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  private readonly address: Promise<string>;
  private readonly process: ChildProcess;
  private end: string | undefined;

  constructor(
    private readonly plan: ChildPlan,
    inherited: NodeJS.ProcessEnv,
  ) {
    let foundAddress: (url: string) => void = () => undefined;
    this.address = new Promise((resolve) => (foundAddress = resolve));
    const args = ['--import', '@swc-node/register/esm-register', '--import', PRELOAD, plan.file];
    const child = spawn(process.execPath, args, {
      env: { ...inherited, ...plan.environment },
      // a group of its own: Ctrl-C is for the one that started it, which stops all of them in order
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      createInterface(from).on('line', (line) => {
        to.write(`${plan.name.padEnd(8)} | ${line}\n`);
        const [, url] = / is ready at (http:\S+)/.exec(line) ?? [];
        if (url !== undefined) foundAddress(url);
      });
    }
    this.process = child;
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve((this.end = error.message)));
      child.once('exit', (code, signal) => resolve((this.end = signal ?? `exit code ${code}`)));
    });
  }

  get name(): string {
    return this.plan.name;
  }

  /** Waits until it says that it is ready; answers where. Throws a StartError when it ends first or takes a minute. */
  async ready(): Promise<string> {
    const late = sleep(READY_LIMIT_MS, `was not ready within ${READY_LIMIT_MS / 1000} seconds`, {
      ref: false,
    });
    const ended = this.ended.then((how) => `ended before it was ready (${how})`);
    const failed = Promise.race([late, ended]).then((how) => {
      throw new StartError(`${this.name} ${how}.`);
    });
    return Promise.race([this.address, failed]);
  }

  /** Ends it in order; one that takes longer than ten seconds is ended at once. */
  async stop(): Promise<void> {
    if (this.end !== undefined) return;
    const late = setTimeout(() => this.process.kill('SIGKILL'), STOP_LIMIT_MS);
    this.process.kill('SIGTERM');
    await once(this.process, 'exit').finally(() => clearTimeout(late));
  }
}
