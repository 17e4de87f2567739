import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** This Plaza's version, as package.json has it. */
export const VERSION = version;
