import { readWebhookSettings } from './config.js';

test('without settings the schedule is the standard one and loopback is for development', () => {
  expect(readWebhookSettings({})).toMatchObject({
    timeoutMs: 15_000,
    disableAfterDays: 5,
    allowLoopback: true,
  });
  expect(readWebhookSettings({}).schedule).toHaveLength(10);
  expect(readWebhookSettings({ NODE_ENV: 'production' }).allowLoopback).toBe(false);
});

test('a schedule is a list of seconds', () => {
  expect(readWebhookSettings({ PLAZA_WEBHOOK_SCHEDULE: '0,1,2' }).schedule).toEqual([0, 1, 2]);
});

test.each([
  { PLAZA_WEBHOOK_SCHEDULE: 'soon' },
  { PLAZA_WEBHOOK_SCHEDULE: '0,-1' },
  { PLAZA_WEBHOOK_TIMEOUT_MS: '0' },
  { PLAZA_WEBHOOK_DISABLE_AFTER_DAYS: '-1' },
])('%j is refused with a sentence that names the variable', (environment) => {
  expect(() => readWebhookSettings(environment)).toThrow(
    `The setting ${Object.keys(environment)[0]} is wrong`,
  );
});
