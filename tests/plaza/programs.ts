import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// inside the project, so that the programs find its packages
const HOME = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

/** Programs in a folder of their own, as somebody would have copied them from a guide. */
export class Programs {
  readonly folder: string;
  private readonly running: ChildProcess[] = [];

  constructor(sources: Record<string, string>) {
    mkdirSync(HOME, { recursive: true });
    this.folder = mkdtempSync(join(HOME, 'guide-'));
    for (const [name, text] of Object.entries(sources)) writeFileSync(join(this.folder, name), text);
  }

  start(name: string, environment: Record<string, string> = {}): RunningProgram {
    const child = spawn(process.execPath, [join(this.folder, name)], {
      env: { ...process.env, NODE_OPTIONS: '', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.running.push(child);
    return new RunningProgram(child);
  }

  /** Ends the programs and removes their folder. */
  remove(): void {
    for (const child of this.running) child.kill();
    rmSync(this.folder, { recursive: true });
  }
}

/** A program that runs, and the lines that it has printed. */
export class RunningProgram {
  readonly lines: string[] = [];
  private waiting: (() => void)[] = [];
  private ended = false;

  constructor(child: ChildProcess) {
    if (child.stdout)
      createInterface(child.stdout).on('line', (line) => this.tell(() => this.lines.push(line)));
    child.once('exit', () => this.tell(() => (this.ended = true)));
  }

  /** The first line that fits. Rejects when the program ends without it. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => pattern.test(line));
      if (found) return found;
      if (this.ended) throw new Error(`The program ended after printing:\n${this.lines.join('\n')}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private tell(change: () => void): void {
    change();
    for (const wake of this.waiting.splice(0)) wake();
  }
}
