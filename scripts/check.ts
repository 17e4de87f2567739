import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

// npm run check: everything about the source that can be wrong without running it. Tests are npm test.

interface Step {
  name: string;
  command: string[];
}

const SOURCES = ['platform', 'subgraphs', 'gateway', 'tests', 'bench', 'replay', 'evidence', 'scripts'];
const bin = (name: string) => ['node', `node_modules/${name}`];

const STEPS: Step[] = [
  { name: 'types', command: [...bin('typescript/bin/tsc'), '--noEmit', '--pretty'] },
  {
    name: 'types of the playground in the browser',
    command: [...bin('typescript/bin/tsc'), '--noEmit', '--pretty', '-p', 'gateway/src/playground/browser'],
  },
  { name: 'lint', command: [...bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0', '--color'] },
  { name: 'format', command: [...bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  {
    name: 'import rules',
    command: [
      ...bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      ...SOURCES,
    ],
  },
  {
    name: 'schema printed, composed, unchanged, nothing broken',
    command: ['node', '--import', '@swc-node/register/esm-register', 'scripts/schema.ts', '--check'],
  },
];

/** Runs a step and prints its name, how long it took and, when it failed, what it said. */
async function run(step: Step): Promise<boolean> {
  const started = performance.now();
  const [program, ...args] = step.command as [string, ...string[]];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const passed = await new Promise<boolean>((done) => {
    child.once('error', (error) => {
      said += error.message;
      done(false);
    });
    child.once('close', (code) => done(code === 0));
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${seconds} s  ${step.name}`);
  if (!passed) console.log(said.trimEnd());
  return passed;
}

const waiting = [...STEPS];
const failed: string[] = [];
async function lane(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    if (!(await run(step))) failed.push(step.name);
  }
}
await Promise.all(Array.from({ length: Math.min(availableParallelism(), STEPS.length) }, lane));
if (failed.length > 0) {
  console.log(`Failed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
