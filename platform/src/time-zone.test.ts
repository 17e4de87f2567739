import { canonicalTimeZone } from './time-zone.js';

test.each([
  ['Europe/London', 'Europe/London'],
  ['europe/london', 'Europe/London'],
  ['AFRICA/DAR_ES_SALAAM', 'Africa/Dar_es_Salaam'],
  ['America/Argentina/Ushuaia', 'America/Argentina/Ushuaia'],
  ['utc', 'UTC'],
])('%s is the zone %s', (typed, name) => {
  expect(canonicalTimeZone(typed)).toBe(name);
});

test('a newer name is kept, though Intl knows the zone by its former one', () => {
  expect(canonicalTimeZone('Asia/Kolkata')).toBe('Asia/Kolkata');
});

test.each(['+01:00', 'Mars/Olympus', '', 'Z', 'x'.repeat(10_000)])('%.20j is no time zone', (typed) => {
  expect(canonicalTimeZone(typed)).toBeNull();
});
