import { canBeLost, canBeVoided, LIVE_STATUSES, TICKET_STATUSES } from './ticket-status.js';

test('what was paid or has ended is neither voided nor lost', () => {
  const voidable = (holdsMoney: boolean) =>
    TICKET_STATUSES.filter((status) => canBeVoided({ status, holdsMoney }));
  expect(voidable(false)).toEqual(['OPEN', 'LOST']);
  expect(voidable(true)).toEqual([]);
  expect(TICKET_STATUSES.filter(canBeLost)).toEqual(['OPEN']);
});

test('a vehicle is inside until its ticket is closed or void', () => {
  expect(TICKET_STATUSES.filter((status) => !(LIVE_STATUSES as readonly string[]).includes(status))).toEqual([
    'CLOSED',
    'VOID',
  ]);
});
