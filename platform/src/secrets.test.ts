import { Secrets } from './secrets.js';

const secrets = new Secrets('a deployment secret for tests only');

test('what was sealed opens for the same purpose only', () => {
  const sealed = secrets.encrypt('webhook', 'whsec_1');
  expect(secrets.decrypt('webhook', sealed).toString()).toBe('whsec_1');
  expect(() => secrets.decrypt('other', sealed)).toThrow();
  expect(() => new Secrets('another secret of the same length!').decrypt('webhook', sealed)).toThrow();
});

test('one changed bit is noticed', () => {
  const sealed = secrets.encrypt('webhook', 'whsec_1');
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  expect(() => secrets.decrypt('webhook', sealed)).toThrow();
});

test('each purpose has a key of its own, the same at every start', () => {
  expect(secrets.key('a').equals(secrets.key('b'))).toBe(false);
  expect(secrets.key('a').equals(new Secrets('a deployment secret for tests only').key('a'))).toBe(true);
});

test('a short secret is refused', () => {
  expect(() => new Secrets('short')).toThrow(RangeError);
});
