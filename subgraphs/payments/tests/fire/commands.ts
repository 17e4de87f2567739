import fc from 'fast-check';
import { PLACES } from './errand.js';
import type { Players } from './players.js';
import type { Sending, Site } from './site.js';

type Command = fc.AsyncCommand<Players, Site>;

const command = (
  name: string,
  check: (players: Players) => boolean,
  play: (site: Site) => Promise<unknown>,
): Command => ({
  check,
  async run(_players, site) {
    await play(site);
    site.check();
  },
  toString: () => name,
});

const any = () => true;
const hasTickets = ({ tickets }: Players) => tickets.length > 0;
const hasPayments = ({ payments }: Players) => payments.length > 0;
const hasCommands = ({ commands }: Players) => commands.length > 0;

/** Of the newest few, so that commands meet. */
const recent = <Item>(items: readonly Item[], number: number, few: number): Item =>
  items[items.length - 1 - (number % Math.min(items.length, few))]!;

const number = fc.nat(1_000);
const death = fc.record({ place: fc.constantFrom(...PLACES), nth: fc.constantFrom(1, 1, 1, 2, 3) });
const sending = fc.record<Sending>({
  till: fc.nat(1),
  // one in three may be its till's last: not each gets to the place
  death: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: death }),
  slow: fc.constantFrom(0, 0, 0, 10, 60),
});

const token = fc.oneof(
  { weight: 6, arbitrary: fc.constant('tok_approve') },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'tok_decline_refused',
      'tok_second_step',
      'tok_second_step_at_bank',
      'tok_timeout',
      'tok_timeout_nothing_taken',
      'tok_succeed_later',
      'tok_decline_later',
      'tok_dispute_won',
      'tok_dispute_lost',
    ),
  },
);
const means = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ method: 'CASH' }) },
  {
    weight: 3,
    arbitrary: fc.record({ method: fc.constantFrom('CARD', 'DIGITAL'), tender: fc.record({ token }) }),
  },
);
const amount = fc.constantFrom(null, null, null, '0.50', '1.50', '2.50');

const enter = fc.constant(
  command('enter', any, async (site) => {
    const ticketId = await site.on.enter(site.locationId);
    site.players.tickets.push(ticketId);
  }),
);

const pay = fc
  .record({ ticket: number, means, amount, sending, atOnce: fc.nat(3) })
  .map(({ ticket, means, amount, sending, atOnce }) =>
    command(`pay ${JSON.stringify({ ...means, amount, ...sending })}`, hasTickets, async (site) => {
      const { players } = site;
      const order = players.command('pay', {
        ticketId: recent(players.tickets, ticket, 3),
        ...means,
        amount,
      });
      const twice =
        atOnce === 0 ? [site.send(order, { ...sending, till: sending.till + 1, death: null })] : [];
      await Promise.all([site.send(order, sending), ...twice]);
    }),
  );

const repeat = fc
  .record({ of: number, sending })
  .map(({ of, sending }) =>
    command(`repeat a key ${JSON.stringify(sending)}`, hasCommands, (site) =>
      site.send(recent(site.players.commands, of, 8), sending),
    ),
  );

const refund = fc
  .record({ of: number, amount: fc.constantFrom(null, '0.25', '1.00'), owedAgain: fc.boolean(), sending })
  .map(({ of, amount, owedAgain, sending }) =>
    command(`refund ${amount ?? 'all'} ${JSON.stringify({ owedAgain, ...sending })}`, hasPayments, (site) => {
      const paymentId = recent(site.players.payments, of, 6);
      const input = { paymentId, amount, reason: 'Fire', owedAgain };
      return site.send(site.players.command('refund', input), sending);
    }),
  );

const confirm = fc.record({ of: number, right: fc.boolean(), sending }).map(({ of, right, sending }) =>
  command(`confirm ${JSON.stringify(sending)}`, hasPayments, (site) => {
    const paymentId = recent(site.players.payments, of, 4);
    const code = right ? '123456' : '654321';
    return site.send(site.players.command('confirm', { paymentId, code }), sending);
  }),
);

const cancel = fc.record({ of: number, sending }).map(({ of, sending }) =>
  command(`cancel ${JSON.stringify(sending)}`, hasPayments, (site) => {
    const paymentId = recent(site.players.payments, of, 4);
    return site.send(site.players.command('cancel', { paymentId }), sending);
  }),
);

const exit = fc.record({ ticket: number, sending }).map(({ ticket, sending }) =>
  command(`exit ${JSON.stringify(sending)}`, hasTickets, (site) => {
    const ticketId = recent(site.players.tickets, ticket, 4);
    return site.send(site.players.command('exit', { ticketId }), sending);
  }),
);

const voiding = number.map((ticket) =>
  command('void', hasTickets, (site) => site.on.mark(recent(site.players.tickets, ticket, 3), 'VOID')),
);

const bankActs = fc.constant(command('the bank acts', any, (site) => site.bank.act()));

/** Any letter, old or new, once or twice: a letter that was delivered may come again. */
const deliver = fc
  .record({ letter: number, twice: fc.boolean(), sending })
  .map(({ letter, twice, sending }) =>
    command(`deliver a notice ${JSON.stringify({ twice, ...sending })}`, any, async (site) => {
      const { letters } = site.bank;
      if (letters.length === 0) return;
      const chosen = recent(letters, letter, 8);
      const again = twice ? [site.deliver(chosen, { ...sending, till: sending.till + 1, death: null })] : [];
      await Promise.all([site.deliver(chosen, sending), ...again]);
    }),
  );

const recover = sending.map((sending) =>
  command(`recover ${JSON.stringify(sending)}`, any, (site) => site.recover(0, sending)),
);

const look = fc.constant(command('look', any, (site) => site.look()));

/** What several players do, each one command after the other, all players at the same time. */
export const plays = (players: number, commands: number): fc.Arbitrary<Command[][]> =>
  fc.array(
    fc.array(
      fc.oneof(
        { weight: 7, arbitrary: enter },
        { weight: 10, arbitrary: pay },
        { weight: 4, arbitrary: repeat },
        { weight: 3, arbitrary: refund },
        { weight: 1, arbitrary: confirm },
        { weight: 1, arbitrary: cancel },
        { weight: 2, arbitrary: exit },
        { weight: 1, arbitrary: voiding },
        { weight: 2, arbitrary: bankActs },
        { weight: 4, arbitrary: deliver },
        { weight: 1, arbitrary: recover },
        { weight: 1, arbitrary: look },
      ),
      { minLength: commands, maxLength: commands },
    ),
    { minLength: players, maxLength: players },
  );
