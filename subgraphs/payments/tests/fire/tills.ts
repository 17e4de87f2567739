import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import { build, type Plugin } from 'esbuild';
import type { Charge } from '../../src/providers/provider.js';
import type { Asking, Errand, FromTill, Outcome, ToTill } from './errand.js';

/** How an errand ended for whoever sent it: LOST when the till died with it, and nobody knows how far it got. */
export type End = { kind: 'done'; outcome: Outcome } | { kind: 'failed'; message: string } | { kind: 'lost' };

/** One bundled file: a till that was killed is back within a tenth of a second. */
let bundled: Promise<string> | undefined;
const bundle = (): Promise<string> => (bundled ??= bundleTill());

/** Decorated classes need the types that only the project's own compiler writes. */
const asElsewhere: Plugin = {
  name: 'as elsewhere',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[.]ts$/ }, async ({ path }) => ({
      contents: (await transformFile(path, { sourceMaps: false })).code,
    })),
};

async function bundleTill(): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'plaza-till-')), 'till.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('till.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    banner: { js: `require('node:module').enableCompileCache(__dirname);` },
    // what their packages would load only if it were there
    external: ['pg-native', 'class-validator'],
    outfile,
    plugins: [asElsewhere],
    logLevel: 'error',
  });
  return outfile;
}

export interface TillSettings {
  opening: Extract<ToTill, { kind: 'open' }>;
  answer: (asking: Asking) => Promise<Charge | boolean | null>;
}

/** A process that runs errands, and is started again whenever it has died. */
export class Till {
  kills = 0;
  private child: ChildProcess;
  private readonly waiting = new Map<number, (end: End) => void>();
  private errands = 0;
  private closing = false;

  private constructor(
    private readonly script: string,
    private readonly settings: TillSettings,
  ) {
    this.child = this.start();
  }

  static async open(settings: TillSettings): Promise<Till> {
    return new Till(await bundle(), settings);
  }

  run(errand: Errand): Promise<End> {
    const id = (this.errands += 1);
    return new Promise((end) => {
      this.waiting.set(id, end);
      tell(this.child, { kind: 'errand', id, errand });
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    const exited = this.child.exitCode === null ? once(this.child, 'exit') : null;
    this.child.kill('SIGKILL');
    await exited;
  }

  private start(): ChildProcess {
    const child = fork(this.script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
    child.on('message', (message: FromTill) => void this.hear(child, message));
    child.on('error', () => undefined);
    child.once('exit', (code, signal) => {
      const failed: End = { kind: 'failed', message: `The till ended by itself: ${code}.` };
      for (const end of this.waiting.values()) end(signal === 'SIGKILL' ? { kind: 'lost' } : failed);
      this.waiting.clear();
      if (this.closing) return;
      this.kills += 1;
      this.child = this.start();
    });
    tell(child, this.settings.opening);
    return child;
  }

  private async hear(child: ChildProcess, message: FromTill): Promise<void> {
    if (message.kind !== 'ask') {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
      return;
    }
    const { id, asking } = message;
    try {
      tell(child, { kind: 'answer', id, answer: await this.settings.answer(asking) });
    } catch (error) {
      tell(child, { kind: 'silence', id, message: (error as Error).message });
    }
  }
}

/** What is told to a dead process is lost. */
function tell(child: ChildProcess, message: ToTill): void {
  if (child.connected) child.send(message, () => undefined);
}
