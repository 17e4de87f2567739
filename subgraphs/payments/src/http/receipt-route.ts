import type { Database } from '@plaza/platform/database/database';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readPrintableReceipt } from '../database/receipt.queries.js';
import { type ReceiptLinks, RECEIPTS_PATH } from '../documents/receipt-links.js';
import { receiptPdf } from '../documents/receipt-pdf.js';
import { receiptNumber } from '../domain/receipt.js';

/** GET /receipts/…: the PDF that a signed link opens. 404 for a link that is not ours, 410 for one that has expired. */
export function serveReceipts(server: FastifyInstance, database: Database, links: ReceiptLinks): void {
  server.get<{ Params: { token: string } }>(`${RECEIPTS_PATH}:token`, async (request, reply) => {
    void reply.headers({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
    const linked = links.open(request.params.token);
    if (linked === 'EXPIRED') return refuse(reply, 410, 'This link has expired: ask for a new one.');
    const printable =
      linked && (await database.read(linked, (tx) => readPrintableReceipt(tx, linked.receiptId)));
    if (!linked || !printable) return refuse(reply, 404, 'There is no such receipt.');
    return reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename="${receiptNumber(printable.receipt)}.pdf"`)
      .send(await receiptPdf(printable, linked.language, links.addressOn(linked)));
  });
}

const refuse = (reply: FastifyReply, status: number, message: string) =>
  reply.code(status).send({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
