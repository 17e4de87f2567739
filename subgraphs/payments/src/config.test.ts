import { SettingsError } from '@plaza/platform/settings';
import { readPaymentSettings } from './config.js';

test('the sandbox takes cards, but in production only when told to', () => {
  expect(readPaymentSettings({}).sandbox).toBe(true);
  expect(readPaymentSettings({ NODE_ENV: 'production' }).sandbox).toBe(false);
  expect(readPaymentSettings({ NODE_ENV: 'production', PLAZA_SANDBOX_PAYMENTS: 'on' }).sandbox).toBe(true);
  expect(readPaymentSettings({ PLAZA_SANDBOX_PAYMENTS: 'off' }).sandbox).toBe(false);
});

test('a wrong word is refused with the name of the setting', () => {
  const read = () => readPaymentSettings({ PLAZA_SANDBOX_PAYMENTS: 'yes' });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(/PLAZA_SANDBOX_PAYMENTS/);
});
