/** The environment of a process that the benchmark starts: this one's own, with what is said differently. */
export const environmentWith = (changes: Record<string, string>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...changes,
});
