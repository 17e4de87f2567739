import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../plaza/start-plaza.js';
import { GUARD_PATCHES, type Patch } from './guards.js';
import type { Guard } from './options.js';

/** What a Plaza process runs from; the packages that it needs are those of this project. */
const PRODUCT = ['platform', 'gateway', 'subgraphs', 'scripts', 'schema', 'package.json', 'tsconfig.json'];

/** A copy of the product without one of its guards, in a folder of its own. */
export interface BrokenCopy {
  project: string;
  remove(): Promise<void>;
}

/** Copies the product and takes the guard away. Throws when the product no longer has it where it was. */
export async function copyWithout(guard: Guard): Promise<BrokenCopy> {
  const project = await mkdtemp(join(tmpdir(), `plaza-without-${guard}-`));
  const remove = () => rm(project, { recursive: true, force: true });
  try {
    const filter = (path: string) => !path.endsWith('node_modules');
    for (const name of PRODUCT)
      await cp(join(PROJECT, name), join(project, name), { recursive: true, filter });
    await linkPackages(project);
    for (const patch of GUARD_PATCHES[guard]) await apply(project, patch);
    return { project, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Links every package but the product's own, which are the copied ones. */
async function linkPackages(project: string): Promise<void> {
  const [from, to] = [join(PROJECT, 'node_modules'), join(project, 'node_modules')];
  await mkdir(join(to, '@plaza'), { recursive: true });
  for (const name of await readdir(from)) {
    if (name !== '@plaza' && name !== '.cache') await symlink(join(from, name), join(to, name));
  }
  const subgraphs = (await readdir(join(project, 'subgraphs'))).map((name) => [
    name,
    join('subgraphs', name),
  ]);
  for (const [name, folder] of [['platform', 'platform'], ['gateway', 'gateway'], ...subgraphs]) {
    await symlink(join(project, folder as string), join(to, '@plaza', name as string));
  }
}

async function apply(project: string, patch: Patch): Promise<void> {
  const { find, replace } = patch;
  const file = await fileOf(project, patch);
  const path = join(project, file);
  const parts = (await readFile(path, 'utf8')).split(find);
  if (parts.length !== 2) {
    throw new Error(`The guard stands ${parts.length - 1} times in ${file}, and should once: ${find}`);
  }
  await writeFile(path, parts.join(replace));
}

/** The file to patch, from the project's folder. Throws when no migration holds the text. */
async function fileOf(project: string, { file, newestWith }: Patch): Promise<string> {
  if (newestWith === undefined) return file;
  for (const name of (await readdir(join(project, file))).sort().reverse()) {
    const migration = join(file, name);
    if ((await readFile(join(project, migration), 'utf8')).includes(newestWith)) return migration;
  }
  throw new Error(`No migration in ${file} holds: ${newestWith}`);
}
