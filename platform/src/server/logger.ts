import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** The levels that PLAZA_LOG_LEVEL may name. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

// whoever logs an object by mistake must not write a person or a credential into the log
const PRIVATE = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'email',
];
const PERSONAL = ['plate', 'code', 'name', 'variables', 'query', 'body', 'headers'];

const REDACTED = [...PRIVATE, ...PERSONAL]
  .flatMap((key) => [`*.${key}`, `*.*.${key}`])
  .concat(PRIVATE, 'variables');

/**
 * A logger that writes one JSON object a line to stderr (stdout is for the people who start Plaza by hand).
 * `component` stands in every line.
 */
export function createLogger(component: string, level: LogLevel, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { component },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED, censor: '[redacted]' },
      serializers: { error: describeError },
    },
    destination ?? pino.destination(2),
  );
}

interface LoggedError {
  kind: string;
  reason: string;
  sqlState?: string;
  constraint?: string;
  stack?: string;
}

/** What the log keeps of an error: enough to find the place, without the values that a caller sent. */
export function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { kind: typeof error, reason: scrub(String(error)) };
  const cause =
    'originalError' in error && error.originalError instanceof Error ? error.originalError : error;
  const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
  const frames = cause.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    kind: cause.name,
    reason: scrub(cause.message),
    ...(typeof code === 'string' ? { sqlState: code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(frames?.length ? { stack: frames.slice(0, 12).join('\n') } : {}),
  };
}

const CREDENTIAL = /\b(?:plz_[a-z]+_|whsec_|eyJ)[\w.+/=-]+/g;
const EMAIL = /[^\s"'<>@]+@[^\s"'<>@]+\.[^\s"'<>@]+/g;
// Postgres and graphql quote the offending value after a colon or the words "got" and "value"
const QUOTED_VALUE = /((?::|\bgot|\bvalue)\s+)(?:"(?:[^"\\]|\\.)*"|'[^']*'|\{.*\})/gs;

/** Takes e-mail addresses, credentials and quoted input values out of a message. */
export const scrub = (message: string): string =>
  message.replace(CREDENTIAL, '[credential]').replace(EMAIL, '[e-mail]').replace(QUOTED_VALUE, '$1[value]');
