import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { environmentWith } from '../config.js';
import type { Counted, ToSubscribers } from './subscribers.js';

/** Many subscribers in a process of their own. */
export class Audience {
  private constructor(private readonly child: ChildProcess) {}

  /** Connects the sockets and subscribes on each; resolves when all is asked for. */
  static async connect(wanted: Omit<Extract<ToSubscribers, { do: 'connect' }>, 'do'>): Promise<Audience> {
    const child = fork(join(import.meta.dirname, 'subscribers.ts'), [], {
      execArgv: ['--import', '@swc-node/register/esm-register'],
      env: environmentWith({}),
    });
    const audience = new Audience(child);
    await audience.ask({ do: 'connect', ...wanted });
    return audience;
  }

  /** What has come since the last time. */
  count(): Promise<Counted> {
    return this.ask({ do: 'count' });
  }

  async leave(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  private async ask(message: ToSubscribers): Promise<Counted> {
    const settled = new AbortController();
    const { signal } = settled;
    const answered = once(this.child, 'message', { signal }) as Promise<[Counted]>;
    const ended = once(this.child, 'exit', { signal }).then(() => {
      throw new Error('The subscribers have ended.');
    });
    // the one that does not come is called off
    for (const either of [answered, ended]) either.catch(() => undefined);
    try {
      this.child.send(message);
      const [counted] = await Promise.race([answered, ended]);
      return counted;
    } finally {
      settled.abort();
    }
  }
}
