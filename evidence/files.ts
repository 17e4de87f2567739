import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** The records are not where they were looked for. */
export class MissingRecords extends Error {
  constructor(file: string) {
    super(
      `There is no ${file}. The records are kept outside of this repository; name their folder with --records.`,
    );
  }
}

export async function readGzippedJson<T>(file: string): Promise<T> {
  return JSON.parse(await readText(file)) as T;
}

/** The rows of a CSV file by the names of their columns. */
export async function readCsv(file: string): Promise<Record<string, string>[]> {
  return parse(await readText(file), { columns: true });
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new MissingRecords(file) : error;
  });
  return (file.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes).toString('utf8');
}
