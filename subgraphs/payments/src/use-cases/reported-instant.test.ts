import { SetClock } from '@plaza/platform/clock';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { reportedInstant } from './reported-instant.js';

const clock = new SetClock('2026-05-04T08:00:00.000Z');
const later = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);
const gate = testViewer({ scopes: ['tickets:write'] });
const replay = testViewer({ scopes: ['tickets:write', 'tickets:backdate'] });

test('it is now unless told', () => {
  expect(reportedInstant({ viewer: gate, clock }, 'exitedAt', undefined)).toEqual(clock.now());
});

test('a gate’s clock may be a minute off, and nothing happens in the future', () => {
  expect(reportedInstant({ viewer: gate, clock }, 'exitedAt', later(-60))).toEqual(later(-60));
  expect(reportedInstant({ viewer: gate, clock }, 'exitedAt', later(60))).toEqual(clock.now());
});

test('the past takes the scope to backdate', () => {
  expect(() => reportedInstant({ viewer: gate, clock }, 'exitedAt', later(-61))).toThrow('tickets:backdate');
  expect(reportedInstant({ viewer: replay, clock }, 'exitedAt', later(-86_400))).toEqual(later(-86_400));
});

test('the future is refused and names its field', () => {
  expect(() => reportedInstant({ viewer: replay, clock }, 'exitedAt', later(61))).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field: 'exitedAt' } }),
  );
});
