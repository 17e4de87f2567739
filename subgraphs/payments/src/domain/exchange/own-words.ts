import type { z } from 'zod';

const KINDS: Readonly<Record<string, string>> = {
  string: 'A text',
  number: 'A number',
  int: 'A whole number',
  boolean: 'True or false',
  array: 'A list',
  object: 'An object',
};
const MISSING = 'It is missing.';

/** What is wrong with a value of a document, where its schema has no sentence of its own for it. */
export function inOwnWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? MISSING
        : `${KINDS[issue.expected] ?? 'Something else'} is expected.`;
    case 'invalid_value':
      return issue.input === undefined ? MISSING : `One of ${issue.values.join(', ')} is expected.`;
    case 'invalid_format':
      return 'A date and time such as "2026-05-04T08:00:00Z" is expected.';
    case 'too_small':
      return issue.origin === 'string' ? 'It is empty.' : `At least ${issue.minimum}.`;
    case 'too_big':
      return `At most ${issue.maximum}${issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : ''}.`;
    default:
      return 'This is not understood.';
  }
}
