import { z } from 'zod';
import { LOG_LEVELS } from './logger.js';

const port = z.coerce
  .number('a port is a number from 0 to 65535')
  .int('a port is a number from 0 to 65535')
  .min(0, 'a port is a number from 0 to 65535')
  .max(65535, 'a port is a number from 0 to 65535');

const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  hostname: /./,
  error: 'it should read postgresql://user:password@host:5432/database',
});

const secret = z
  .string('it is missing, set it to a random text of 32 characters or more')
  .min(32, 'it needs 32 characters or more');

/** The settings that every process of Plaza reads, by their names in the environment. */
export const PROCESS_SETTINGS = {
  /** 0 takes a free one. */
  PORT: port,
  /** The interface to listen on. */
  HOST: z.string(),
  DATABASE_URL: databaseUrl,
  /** The one secret of a deployment, the same for all of its processes. */
  PLAZA_SECRET: secret,
  PLAZA_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
};
