import 'reflect-metadata';
import { SetClock } from '@plaza/platform/clock';
import { pino } from 'pino';
import { CashProvider } from '../../src/providers/cash/cash.provider.js';
import type { Charge, RawNotice } from '../../src/providers/provider.js';
import { cancelPayment } from '../../src/use-cases/cancel-payment.js';
import { confirmPayment } from '../../src/use-cases/confirm-payment.js';
import type { PaymentsContext } from '../../src/use-cases/context.js';
import { payTicket } from '../../src/use-cases/pay-ticket.js';
import { receiveNotice } from '../../src/use-cases/receive-notice.js';
import { recordExit } from '../../src/use-cases/record-exit.js';
import { recoverPayments } from '../../src/use-cases/recover-payments.js';
import { refundPayment } from '../../src/use-cases/refund-payment.js';
import type { Errand, FromTill, Story, ToTill } from './errand.js';
import { DistantSandbox, errands, type Line, MortalDatabase } from './mortal.js';

// A process that runs payments' stories until it is killed. Its orders come over the channel to its parent.
type Tell = (on: PaymentsContext, sandbox: DistantSandbox, input: never) => Promise<unknown>;

const STORIES: Record<Story, Tell> = {
  pay: (on, _, input) => payTicket(on, input),
  confirm: (on, _, input) => confirmPayment(on, input),
  cancel: (on, _, input) => cancelPayment(on, input),
  refund: (on, _, input) => refundPayment(on, input),
  exit: (on, _, input) => recordExit(on, input),
  recover: (on, _, input: { seconds: number }) => recoverPayments(on, input.seconds),
  notice: (on, sandbox, { headers, body }: { headers: RawNotice['headers']; body: string }) =>
    receiveNotice(on, sandbox, { headers, body: Buffer.from(body) }),
};

type Opening = Extract<ToTill, { kind: 'open' }>;
type Answer = PromiseWithResolvers<Charge | boolean | null>;

const asked = new Map<number, Answer>();
let askings = 0;
let run: (errand: Errand) => Promise<unknown> = () => Promise.reject(new Error('The till is not open.'));

const send = (message: FromTill): Promise<void> =>
  new Promise((sent) => process.send?.(message, () => sent()));

const line: Line = {
  async send(asking) {
    const id = (askings += 1);
    const waiting: Answer = Promise.withResolvers();
    asked.set(id, waiting);
    waiting.promise.catch(() => undefined);
    await send({ kind: 'ask', id, asking });
    return { answer: waiting.promise };
  },
};

function open({ url, viewer, now, noticeKey }: Opening): void {
  const database = new MortalDatabase({ url, applicationName: 'till', max: 8 });
  const sandbox = new DistantSandbox(database, Buffer.from(noticeKey, 'hex'), line);
  const on: PaymentsContext = {
    viewer,
    database,
    clock: new SetClock(now),
    logger: pino({ level: 'silent' }),
    providers: [sandbox, new CashProvider()],
  };
  run = ({ story, input }) => STORIES[story](on, sandbox, input as never);
}

// Ctrl-C reaches the whole group; a till ends when its parent does
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToTill) => {
  switch (message.kind) {
    case 'open':
      return open(message);
    case 'errand': {
      const { id, errand } = message;
      void errands.run(errand, () =>
        run(errand).then(
          (outcome) => send({ kind: 'done', id, outcome: outcome ?? {} }),
          (error: Error) => send({ kind: 'failed', id, message: error.message }),
        ),
      );
      return;
    }
    case 'answer':
      return asked.get(message.id)?.resolve(message.answer);
    case 'silence':
      return asked.get(message.id)?.reject(new Error(message.message));
  }
});
