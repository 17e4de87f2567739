import { SettingsError } from '../settings.js';
import { explain, StartError } from './start.js';

const failure = (code: string, more: object = {}) =>
  Object.assign(new Error('raw reason\nsecond line'), { code, ...more });

test.each([
  [
    failure('EADDRINUSE', { port: 4000 }),
    'Port 4000 is already in use: stop the program that uses it, or set PORT to a free one.',
  ],
  [
    failure('EACCES', { path: '/data' }),
    "Plaza can't write /data: make the folder writable, or set PLAZA_DATA_DIR to another one.",
  ],
  [
    failure('ENOENT', { syscall: 'mkdir', path: '/proc/plaza' }),
    "Plaza can't write /proc/plaza: make the folder writable, or set PLAZA_DATA_DIR to another one.",
  ],
  [
    failure('ECONNREFUSED', { address: '127.0.0.1', port: 1 }),
    'DATABASE_URL names a database that does not answer at 127.0.0.1:1.',
  ],
  [failure('28P01'), 'DATABASE_URL names a database that refuses this user or password.'],
  [failure('3D000'), 'DATABASE_URL names a database that does not exist on that server.'],
  [new SettingsError('The setting PORT is wrong: not a number.'), 'The setting PORT is wrong: not a number.'],
  [new StartError('A sentence.'), 'A sentence.'],
  [new Error('odd\nstack'), 'Plaza could not start: odd'],
  ['odd', 'Plaza could not start: odd'],
])('a failed start is explained in one sentence (%#)', (error, sentence) => {
  expect(explain(error)).toBe(sentence);
});

test('both failed attempts of a connection over IPv6 and IPv4 make one sentence', () => {
  const both = Object.assign(new AggregateError([failure('ECONNREFUSED', { address: '::1', port: 5432 })]), {
    code: 'ECONNREFUSED',
  });
  expect(explain(both)).toBe('DATABASE_URL names a database that does not answer at ::1:5432.');
});
