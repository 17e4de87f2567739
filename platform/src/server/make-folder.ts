import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing. Rejects with the file system's error where that is not possible:
 * node's own recursive mkdir never returns where a folder exists and still none can be made in it, as in /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path).catch((failed: NodeJS.ErrnoException) => {
      // somebody else made it meanwhile
      if (failed.code !== 'EEXIST') throw failed;
    });
  }
}
