import type { ReadyInfo } from '../playground/ready-info.js';

/** The demo's logins and key as the short table that ends the start; nothing without a demo. */
export function demoTable({ logins, apiKey }: Pick<ReadyInfo, 'logins' | 'apiKey'>): string {
  const rows = [
    ...logins.map(({ role, email, password }) => [`demo ${role.toLowerCase()}`, email, password]),
    ...(apiKey ? [['demo key', apiKey.name, apiKey.secret]] : []),
  ];
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [first, second] = [width(0), width(1)];
  return rows
    .map(([what = '', who = '', secret]) => `  ${what.padEnd(first)}  ${who.padEnd(second)}  ${secret}\n`)
    .join('');
}
