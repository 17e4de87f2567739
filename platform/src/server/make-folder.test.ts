import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'plaza-folder-'));
});
afterAll(() => rm(parent, { recursive: true }));

test('a folder is made with all that is missing above it, by several at once and again', async () => {
  const folder = join(parent, 'a', 'b', 'c');
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(folder, 'd'))]);
  await makeFolder(folder);
  expect((await stat(folder)).isDirectory()).toBe(true);
});

test('a file is no folder', async () => {
  await writeFile(join(parent, 'file'), '');
  await expect(makeFolder(join(parent, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(parent, 'file', 'inside'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('where no folder can be made, that is said at once', async () => {
  await expect(makeFolder('/proc/plaza/postgres')).rejects.toMatchObject({ syscall: 'mkdir' });
});
