import type { z } from 'zod';

/** A wrong setting. Its message is one sentence that names the variable; the start prints it and exits with 1. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Parses the environment once. Throws SettingsError for the first variable that is missing or wrong. */
export function readSettings<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Record<string, string | undefined> = process.env,
): z.infer<Schema> {
  // an empty variable means "not set", as in every shell and compose file
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SettingsError(`The setting ${issue?.path.join('.')} is wrong: ${issue?.message}.`);
}
