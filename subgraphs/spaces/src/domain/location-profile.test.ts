import { type LocationProfile, validProfile } from './location-profile.js';

const profile: LocationProfile = { name: 'Bull Ring', timeZone: 'Europe/London', currencyCode: 'GBP' };

test('a profile comes back with its text trimmed and its country in capitals', () => {
  const address = { street: ' Moor Street ', city: 'Birmingham', postalCode: '  ', countryCode: 'gb' };
  expect(validProfile({ ...profile, name: '  Bull Ring ', address })).toEqual({
    ...profile,
    address: { street: 'Moor Street', city: 'Birmingham', postalCode: null, countryCode: 'GB' },
  });
});

test.each([
  ['name', { name: '   ' }],
  ['name', { name: 'x'.repeat(201) }],
  ['timeZone', { timeZone: 'Europe/Birmingham' }],
  ['currencyCode', { currencyCode: 'XQQ' }],
  ['coordinates.latitude', { coordinates: { latitude: 91, longitude: 0 } }],
  ['coordinates.longitude', { coordinates: { latitude: 0, longitude: Number.NaN } }],
  ['address.street', { address: { street: 'x'.repeat(201) } }],
  ['address.countryCode', { address: { countryCode: 'GBR' } }],
])('a wrong %s is refused by its name', (field, wrong) => {
  expect(() => validProfile({ ...profile, ...wrong })).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', extensions: expect.objectContaining({ field }) }),
  );
});

test('a time zone is kept in its own spelling, however it was typed', () => {
  expect(validProfile({ ...profile, timeZone: 'europe/LONDON' }).timeZone).toBe('Europe/London');
});
