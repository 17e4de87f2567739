import { cursorExpired } from '@plaza/platform/errors';
import type { Follower } from '@plaza/platform/events/feed';
import { EventsNotKept } from '@plaza/platform/events/read';
import { silent } from '@plaza/platform/events/tests/log-fixture';
import { QueueOutlet } from '../tests/queue-outlet.js';
import { EventGroup } from './event-group.js';

/** A reader of a log, with the one thing that it does. */
const reader = (next: () => Promise<never>): Follower =>
  ({ next, return: () => Promise.resolve({ done: true, value: undefined }) }) as unknown as Follower;

function groupOver(next: () => Promise<never>): EventGroup {
  return new EventGroup(
    {
      feed: { follow: () => reader(next) },
      follow: { tenantId: 'tenant' },
      make: async function* () {},
      expired: ({ head }) => cursorExpired(`oldest ${head.oldest}`),
      stalledMs: 1_000,
      logger: silent,
      onEmpty: () => undefined,
    },
    10,
  );
}

test('members whose place is no longer kept are told where they can go on from', async () => {
  let fail: (error: Error) => void = () => undefined;
  const group = groupOver(() => new Promise((_, reject) => (fail = reject)));
  const outlet = new QueueOutlet();
  group.join(outlet, 10);
  fail(new EventsNotKept({ epoch: 1, oldest: 500 }));
  await expect(outlet.next()).rejects.toMatchObject({
    extensions: { code: 'CURSOR_EXPIRED', oldestCursor: 'oldest 500' },
  });
});

test('a log that cannot be read for a while ends nothing', async () => {
  let attempts = 0;
  const group = groupOver(() =>
    (attempts += 1) < 3 ? Promise.reject(new Error('away')) : new Promise(() => undefined),
  );
  const outlet = new QueueOutlet();
  const leave = group.join(outlet, 10);
  while (attempts < 3) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(outlet.interrupted).toBeUndefined();
  leave();
});
