import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** The rules that a text breaks when it stands where the file does. */
async function broken(file: string, text: string): Promise<string[]> {
  const args = [
    join(ROOT, 'node_modules/eslint/bin/eslint.js'),
    '--stdin',
    '--stdin-filename',
    file,
    '-f',
    'json',
  ];
  const output = await new Promise<string>((done) => {
    const child = execFile(process.execPath, args, { cwd: ROOT }, (_error, stdout) => done(stdout));
    child.stdin!.end(text);
  });
  const [result] = JSON.parse(output) as { messages: { ruleId: string }[] }[];
  return result!.messages.map(({ ruleId }) => ruleId);
}

test('settings outside config.ts, forgotten promises, any, prints, empty names and long files are errors', async () => {
  const text = [
    'export const port = process.env.PORT;',
    'Promise.resolve(1);',
    'export let anything: any;',
    "console.log('here');",
    'export class TicketManager {}',
    ...Array<string>(250).fill('// line'),
  ];
  expect((await broken('platform/src/clock.ts', text.join('\n'))).sort()).toEqual([
    '@typescript-eslint/no-explicit-any',
    '@typescript-eslint/no-floating-promises',
    'max-lines',
    'no-console',
    'no-restricted-properties',
    'no-restricted-syntax',
  ]);
  // it reads the types of the whole project, which takes a busy machine its time
}, 120_000);
