import { explain } from '../explanations/explain.js';
import {
  band,
  banded,
  cap,
  charged,
  costs,
  costsFor,
  daily,
  DAY,
  each,
  eur,
  HOUR,
  hourly,
  may,
  once,
} from './tariffs.js';

const day = band('Day', [daily('08:00-20:00')], [each(HOUR, 200)]);
const night = band('Night', [daily('20:00-08:00')], [each(HOUR, 100)]);
const nightCap = cap(500, 'BAND', { bands: ['Night'] });

test('a cap of 24 hours counts from the entry', () => {
  const rules = hourly({ caps: [cap(900, 'HOURS_24')] });
  expect([4, 5, 24, 25, 29, 30].map((hours) => costsFor(rules, hours * HOUR))).toEqual([
    800, 900, 900, 1100, 1800, 1800,
  ]);
});

test('a cap of the day counts from local midnight', () => {
  const rules = hourly({ caps: [cap(900, 'DAY')] });
  expect(costs(rules, may(4, '22:00'), may(6, '01:00'))).toBe(400 + 900 + 200);
});

test('a cap of the stay counts once', () => {
  expect(costsFor(hourly({ caps: [cap(900, 'STAY')] }), 30 * DAY)).toBe(900);
});

test('a cap of 7 days counts from the entry, with a cap of 24 hours inside', () => {
  const rules = hourly({ caps: [cap(900, 'HOURS_24'), cap(5400, 'DAYS_7')] });
  expect([6, 7, 8, 21].map((days) => costsFor(rules, days * DAY))).toEqual([5400, 5400, 6300, 3 * 5400]);
});

test('a cap of the week counts from Monday', () => {
  const rules = hourly({ caps: [cap(1000, 'WEEK')] });
  expect(costs(rules, may(10, '22:00'), may(12, '22:00'))).toBe(400 + 1000);
});

test('a cap of a band counts for each time that the band comes', () => {
  const rules = banded([day, night], { caps: [nightCap] });
  expect(costs(rules, may(4, '20:00'), may(6, '08:00'))).toBe(500 + 12 * 200 + 500);
});

test('caps lie inside each other: band, day, week', () => {
  const within = (...wider: ReturnType<typeof cap>[]) => banded([day, night], { caps: [nightCap, ...wider] });
  const [from, to] = [may(4, '20:00'), may(6, '08:00')];
  // Monday 4 h of night; Tuesday what the night's cap left, 12 h of day, no more; Wednesday another night
  expect(costs(within(cap(2500, 'DAY')), from, to)).toBe(400 + (100 + 2400) + 500);
  expect(costs(within(cap(2500, 'DAY'), cap(3000, 'WEEK')), from, to)).toBe(3000);
  expect(costs(within(cap(2000, 'DAY')), from, to)).toBe(400 + 2000 + 500);
});

test('a cap counts only the bands that it names', () => {
  const rules = banded([day, night], { caps: [cap(1000, 'DAY', { bands: ['Day'] })] });
  expect(costs(rules, may(4, '08:00'), may(5, '08:00'))).toBe(1000 + 12 * 100);
});

describe('a cap may be meant for some spans only:', () => {
  test('the day of the entry', () => {
    const rules = hourly({ caps: [cap(500, 'DAY', { only: { nth: 1, repeating: false } })] });
    expect(costs(rules, may(4, '10:00'), may(6, '00:00'))).toBe(500 + 24 * 200);
  });
  test('the first 24 hours', () => {
    const rules = hourly({ caps: [cap(900, 'HOURS_24', { only: { nth: 1, repeating: false } })] });
    expect([24, 26, 48].map((hours) => costsFor(rules, hours * HOUR))).toEqual([900, 1300, 900 + 24 * 200]);
  });
  test('each seventh day, which is free', () => {
    const free = cap(0, 'HOURS_24', { only: { nth: 7, repeating: true } });
    const rules = hourly({ caps: [cap(900, 'HOURS_24'), free] });
    expect([6, 7, 8, 13, 14, 15].map((days) => costsFor(rules, days * DAY))).toEqual([
      5400,
      5400,
      6300,
      12 * 900,
      12 * 900,
      13 * 900,
    ]);
  });
  test('the second night', () => {
    const second = { ...nightCap, only: { nth: 2, repeating: false } };
    const rules = banded([day, night], { caps: [second] });
    expect(costs(rules, may(4, '20:00'), may(6, '08:00'))).toBe(12 * 100 + 12 * 200 + 500);
  });
  test('the second week by the calendar', () => {
    const rules = hourly({ caps: [cap(1000, 'WEEK', { only: { nth: 2, repeating: false } })] });
    expect(costs(rules, may(10, '22:00'), may(18, '01:00'))).toBe(400 + 1000 + 200);
  });
});

test('a period belongs to the span in which it begins', () => {
  const rules = banded([band('Parking', [], [each(3 * HOUR, 500)])], { caps: [cap(2000, 'DAY')] });
  expect(costs(rules, may(4, '22:30'), may(5, '01:30'))).toBe(500);
});

test('days of 23 and 25 hours have one cap each', () => {
  const rules = hourly({ caps: [cap(900, 'DAY')] });
  const from = new Date('2026-03-28T22:00:00Z');
  // Saturday 23:00 to 24:00, the whole Sunday of 23 hours, Monday 00:00 to 01:00
  expect(costs(rules, from, new Date('2026-03-29T23:00:00Z'))).toBe(200 + 900 + 200);
  expect(costs(hourly(), from, new Date('2026-03-29T23:00:00Z'))).toBe(25 * 200);
});

test('where a day begins at one o’clock its cap does too', () => {
  const rules = banded([band('Parking', [], [each(HOUR, 100)])], { caps: [cap(500, 'DAY')] });
  const [from, to] = [new Date('2026-03-28T18:00:00Z'), new Date('2026-03-29T18:00:00Z')];
  expect(costs(rules, from, to, {}, 'Asia/Beirut')).toBe(400 + 500);
});

test('the widest cap that was reached is the line, full spans in a row are counted', () => {
  const { lines } = charged(hourly({ caps: [cap(900, 'HOURS_24')] }), may(4, '10:00'), may(6, '11:30'));
  expect(
    lines.map(({ rule, quantity, unitPrice, amount, from, to }) => ({
      rule,
      quantity,
      unitPrice,
      amount,
      from,
      to,
    })),
  ).toEqual([
    { rule: 'CAP', quantity: 2, unitPrice: 900, amount: 1800, from: may(4, '10:00'), to: may(6, '10:00') },
    {
      rule: 'INCREMENT',
      quantity: 2,
      unitPrice: 200,
      amount: 400,
      from: may(6, '10:00'),
      to: may(6, '11:30'),
    },
  ]);
});

test('free time in a span whose cap was reached belongs to its line', () => {
  const rules = banded([band('Day', [], [each(HOUR, 200, 600)])], { caps: [cap(900, 'STAY')] });
  expect(charged(rules, may(4, '10:00'), may(5, '10:00')).lines).toMatchObject([
    { rule: 'CAP', amount: 900, from: may(4, '10:00'), to: may(5, '10:00') },
  ]);
});

test('what a flat price covers beyond its capped span is told as covered, up to the end of the stay', () => {
  const rules = eur([once(900)], { caps: [cap(800, 'HOURS_24')] });
  const { lines } = charged(rules, may(4, '10:00'), may(6, '12:00'));
  expect(lines).toMatchObject([
    { rule: 'CAP', quantity: 1, amount: 800, from: may(4, '10:00'), to: may(5, '10:00') },
    { rule: 'FLAT', quantity: 0, amount: 0, from: may(5, '10:00'), to: may(6, '12:00') },
  ]);
  expect(lines.map((line) => explain(line, 'EUR'))).toEqual([
    '1 day of 24 hours at the daily maximum of €8.00.',
    'Parking: Covered by the flat price charged before.',
  ]);
});
