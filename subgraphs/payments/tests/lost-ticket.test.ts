import { readStayAccounts } from '../src/database/stay-account.queries.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { quoteOf } from '../src/use-cases/quote-of-stay.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { HOURLY, openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => {
  on = await openPayments();
});
afterAll(() => on.close());

const quoteNow = async (ticketId: string) => {
  const [stay] = await on.database.read(on.viewer, (tx) => readStayAccounts(tx, [ticketId]));
  if (!stay) throw new Error('The stay is gone.');
  return quoteOf(stay, on.clock.now());
};

test('a lost ticket costs its fee, before it is paid, when it is settled and after the exit', async () => {
  const locationId = await on.openLocation(on.viewer, { ...HOURLY, fees: { lostTicket: '25.00' } });
  const ticketId = await on.enter(locationId, 1);
  await on.mark(ticketId, 'LOST');
  expect(await quoteNow(ticketId)).toMatchObject({
    total: 2500,
    due: 2500,
    lines: [{ rule: 'LOST_TICKET' }],
  });
  expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({ __typename: 'TicketPaid' });
  expect(await quoteNow(ticketId)).toMatchObject({ total: 2500, paid: 2500, balance: 0 });
  expect(await recordExit(on.as(), { ticketId })).toMatchObject({ __typename: 'VehicleExited' });
  expect(await quoteNow(ticketId)).toMatchObject({ total: 2500, paid: 2500, balance: 0 });
});

test('a lost ticket costs its time where the tariff knows no fee for it', async () => {
  const ticketId = await on.enter(await on.openLocation(), 1);
  await on.mark(ticketId, 'LOST');
  expect(await quoteNow(ticketId)).toMatchObject({ total: 200 });
});
