import { SettingsError } from '@plaza/platform/settings';
import { readPaymentSettings } from './config.js';

test('the sandbox takes cards, but in production only when told to', () => {
  expect(readPaymentSettings({}).sandbox).toBe(true);
  expect(readPaymentSettings({ NODE_ENV: 'production' }).sandbox).toBe(false);
  expect(readPaymentSettings({ NODE_ENV: 'production', PLAZA_SANDBOX_PAYMENTS: 'on' }).sandbox).toBe(true);
  expect(readPaymentSettings({ PLAZA_SANDBOX_PAYMENTS: 'off' }).sandbox).toBe(false);
});

test.each([
  ['PLAZA_SANDBOX_PAYMENTS', 'yes'],
  ['PLAZA_PUBLIC_URL', 'plaza.example.com'],
  ['PLAZA_PUBLIC_URL', 'ftp://plaza.example.com'],
  ['PLAZA_PUBLIC_URL', 'https://plaza.example.com/?from=qr'],
  ['PLAZA_PUBLIC_URL', 'https://me:secret@plaza.example.com'],
  ['PLAZA_NOTICE_RETENTION_DAYS', '29'],
  ['PLAZA_NOTICE_RETENTION_DAYS', 'for ever'],
])('%s=%s is refused with the name of the setting', (name, value) => {
  const read = () => readPaymentSettings({ [name]: value });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(name);
});

test('the public address is told without a slash at its end, or not at all', () => {
  const told = (PLAZA_PUBLIC_URL?: string) => readPaymentSettings({ PLAZA_PUBLIC_URL }).publicUrl;
  expect(told('https://plaza.example.com/')).toBe('https://plaza.example.com');
  expect(told('http://localhost:4000/parking')).toBe('http://localhost:4000/parking');
  expect([told(''), told()]).toEqual([null, null]);
});

test('notices are kept for ninety days unless told', () => {
  expect(readPaymentSettings({}).noticeRetentionDays).toBe(90);
  expect(readPaymentSettings({ PLAZA_NOTICE_RETENTION_DAYS: '30' }).noticeRetentionDays).toBe(30);
});
