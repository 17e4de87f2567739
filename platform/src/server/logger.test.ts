import { createLogger, scrub, describeError } from './logger.js';

function capture() {
  const lines: string[] = [];
  const logger = createLogger('tickets', 'debug', { write: (line: string) => void lines.push(line) });
  return { logger, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

test('a line is one JSON object with its component, level and request id', () => {
  const { logger, last } = capture();
  logger.child({ requestId: 'r-1' }).info('ready');
  expect(last()).toMatchObject({ component: 'tickets', level: 'info', requestId: 'r-1', msg: 'ready' });
});

test('plates, e-mail addresses, tokens and variables never reach the log', () => {
  const { logger, last } = capture();
  logger.info(
    { variables: { plate: 'B-X 1' }, viewer: { email: 'a@b.eu' }, token: 't', input: { plate: 'B-X 1' } },
    'x',
  );
  expect(JSON.stringify(last())).not.toMatch(/B-X 1|a@b\.eu|"t"/);
});

test('an error keeps its place and loses the values that a caller sent', () => {
  const { logger, last } = capture();
  const error = Object.assign(new Error('invalid input syntax for type uuid: "M-AB 123"'), {
    code: '22P02',
    detail: 'plate M-AB 123',
  });
  logger.error({ error }, 'failed');
  expect(last().error).toMatchObject({
    sqlState: '22P02',
    reason: 'invalid input syntax for type uuid: [value]',
  });
  expect(JSON.stringify(last())).not.toContain('M-AB 123');
});

test('scrubbing takes out addresses, keys and quoted values', () => {
  expect(scrub('mail to anna@plaza.dev with plz_live_abc123 failed')).toBe(
    'mail to [e-mail] with [credential] failed',
  );
  expect(scrub('sealed whsec_ab+cd/ef== twice')).toBe('sealed [credential] twice');
  expect(scrub('Variable "$input" got invalid value { plate: "X" }')).toBe(
    'Variable "$input" got invalid value [value]',
  );
  expect(scrub('duplicate key value violates unique constraint "ticket_code"')).toContain('"ticket_code"');
});

test('what is thrown need not be an error', () => {
  expect(describeError('boom')).toEqual({ kind: 'string', reason: 'boom' });
});
