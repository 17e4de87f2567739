import { payTicket } from '../src/use-cases/pay-ticket.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => (on = await openPayments()));
afterAll(() => on.close());

const statusOf = async (id: string) =>
  (await on.see<{ status: string }>('select status from tickets.ticket where id = $1', [id]))[0]?.status;

test.each(['CASH', 'CARD'] as const)(
  'a ticket that was paid in part by %s cannot be voided before all of it was given back',
  async (method) => {
    const ticketId = await on.enter(await on.openLocation());
    const tender = { token: method === 'CARD' ? 'tok_approve' : null };
    const part = await payTicket(on.as(), { ticketId, method, tender, amount: '0.50' });
    if (part.__typename !== 'TicketPartlyPaid') throw new Error(part.__typename);
    const refund = (amount: string) =>
      refundPayment(on.as(), { paymentId: part.payment.id, amount, reason: 'Wrong car' });
    const refused = expect.objectContaining({ constraint: 'ticket_void_holds_nothing' });
    const byMistake = () => on.see(`update tickets.ticket set status = 'VOID' where id = $1`, [ticketId]);

    await expect(byMistake()).rejects.toEqual(refused);
    await refund('0.30');
    await expect(byMistake()).rejects.toEqual(refused);
    await refund('0.20');
    await on.mark(ticketId, 'VOID');
    expect(await statusOf(ticketId)).toBe('VOID');
  },
);
