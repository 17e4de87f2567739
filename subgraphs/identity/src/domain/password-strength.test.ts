import { passwordWeakness } from './password-strength.js';

test('a password of eleven characters is too short, one of twelve is not', () => {
  expect(passwordWeakness('vK9#tRq2!xw')).toContain('at least 12');
  expect(passwordWeakness('vK9#tRq2!xwZ')).toBeNull();
});

test('a sentence of plain words is strong enough', () => {
  expect(passwordWeakness('every gate opens twice a day')).toBeNull();
});

test('a password from the lists is weak, decorated or not', () => {
  for (const password of [
    'passwordpassword',
    'Password1234!',
    'Administrator2026',
    'correcthorsebatterystaple',
    'Summer-2026-!!',
  ]) {
    expect(passwordWeakness(password)).toContain('lists');
  }
});

test('a repeated word, too few different characters and a run along the keyboard are weak', () => {
  for (const password of [
    'gatekeepgatekeep',
    'aaaaaaaaabbb',
    'qwertyuiopas',
    '123456789012',
    '9876543210987',
    'zyxwvutsrqpo',
  ]) {
    expect(passwordWeakness(password)).toContain('repeats');
  }
});

test('the own name and the own e-mail address are weak, with digits behind them too', () => {
  const known = ['ada.lovelace@example.com', 'Ada Lovelace', 'Northgate Parking'];
  for (const password of [
    'AdaLovelace1815',
    'ada.lovelace@example.com',
    'Northgate Parking!',
    'ada.lovelace.99',
  ]) {
    expect(passwordWeakness(password, known)).toContain('own name');
  }
  expect(passwordWeakness('the analytical engine of Ada', known)).toBeNull();
});

test('length is counted in characters, not in the units that a computer stores', () => {
  expect(passwordWeakness('🚗🚕🚙🚌🚎🏎🚓🚑🚒🚐🛻')).toContain('at least 12');
});
