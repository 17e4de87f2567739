import { followDispute } from '../src/use-cases/follow-dispute.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recoverPayments } from '../src/use-cases/recover-payments.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => (on = await openPayments()));
afterAll(() => on.close());

test('a refund that a lost dispute overtakes is booked as given: the bank gave it back with the rest', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const paid = await payTicket(on.as(), { ticketId, method: 'CARD', tender: { token: 'tok_approve' } });
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  const paymentId = paid.payment.id;
  const [sandbox] = on.as().providers;
  const refuse = (refund: () => Promise<boolean>) =>
    on.as(on.viewer, [Object.assign(Object.create(sandbox!) as NonNullable<typeof sandbox>, { refund })]);
  const dead = refuse(() => Promise.reject(new Error('The line is dead.')));
  await refundPayment(dead, { paymentId, amount: '0.25', reason: 'Wrong car' });
  const { tenantId } = on.viewer;
  await followDispute(
    on.as(),
    { tenantId },
    { paymentId, ticketId, tenantId, provider: 'sandbox' },
    { reference: 'dispute', status: 'LOST', reason: 'Not recognized' },
  );
  await recoverPayments(
    refuse(() => Promise.resolve(false)),
    0,
  );
  const [held] = await on.see(
    `select coalesce(sum(e.amount), 0)::int as held, min(p.status) as status from payments.payment p
     join payments.ledger_transaction t on t.payment_id = p.id join payments.entry e on e.transaction_id = t.id
     join payments.account a on a.id = e.account_id and a.kind = 'CARD_CLEARING' where p.id = $1`,
    [paymentId],
  );
  expect(held).toEqual({ held: 0, status: 'REFUNDED' });
});
