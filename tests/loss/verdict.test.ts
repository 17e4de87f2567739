import { Log, type LoggedEvent, type Reader } from './verdict.js';

const event = (id: string, position: number, tenantId = 'ours', type = 'a'): LoggedEvent => ({
  id,
  tenantId,
  locationId: 'here',
  position,
  type,
});
const LOG = new Log(
  [
    event('e1', 1),
    event('e2', 2),
    event('e3', 3),
    event('e4', 4, 'ours', 'b'),
    { ...event('e5', 5), locationId: 'there' },
    event('t1', 1, 'theirs'),
  ],
  new Map([['ours', 1]]),
);
const told = (...connections: string[][]): Reader => ({
  name: 'somebody',
  exit: 'subscription',
  tenantId: 'ours',
  locationId: 'here',
  types: ['a'],
  connections,
});
const FAULTLESS = { missing: 0, outOfOrder: 0, foreign: 0, repeats: 0 };

test('whoever was told everything since the beginning of the comparison misses nothing', () => {
  expect(LOG.judge(told(['e1', 'e2', 'e3']))).toEqual(FAULTLESS);
  expect(LOG.judge(told(['e2'], ['e3']))).toEqual(FAULTLESS);
});

test('an event of a followed type that was not told is missing', () => {
  expect(LOG.judge(told(['e1', 'e3']))).toEqual({ ...FAULTLESS, missing: 1 });
});

test('an event that is told again after a reconnect is a repeat', () => {
  expect(LOG.judge(told(['e2', 'e3'], ['e2', 'e3']))).toEqual({ ...FAULTLESS, repeats: 2 });
});

test('an event behind a later one is out of order, in one connection and over two', () => {
  expect(LOG.judge(told(['e3', 'e2']))).toEqual({ ...FAULTLESS, outOfOrder: 1 });
  expect(LOG.judge(told(['e3'], ['e2']))).toEqual({ ...FAULTLESS, outOfOrder: 1 });
});

test('a repeat that goes backwards within one connection is out of order', () => {
  expect(LOG.judge(told(['e2', 'e3', 'e2']))).toEqual({ ...FAULTLESS, outOfOrder: 1, repeats: 1 });
});

test('webhooks come in any order', () => {
  expect(LOG.judge({ ...told(['e3', 'e2']), unordered: true })).toEqual(FAULTLESS);
});

test('an event of another tenant is foreign, and so is one that no log holds', () => {
  expect(LOG.judge(told(['e2', 't1', 'e3', 'rolled back']))).toEqual({ ...FAULTLESS, foreign: 2 });
});

test('an event of another type or location is foreign to who may see one or asked for one', () => {
  expect(LOG.judge(told(['e2', 'e3', 'e4', 'e5']))).toEqual({ ...FAULTLESS, foreign: 2 });
});

test('who may see all locations misses what happened at one of them', () => {
  expect(LOG.judge({ ...told(['e2', 'e3']), locationId: null })).toEqual({ ...FAULTLESS, missing: 1 });
  expect(LOG.judge({ ...told(['e2', 'e3', 'e5']), locationId: null })).toEqual(FAULTLESS);
});
