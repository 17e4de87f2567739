import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxKey } from '../../src/providers/sandbox/sandbox-signature.js';
import { NOW, openPayments, type Payments } from '../payments-fixture.js';
import { Bank, type Letter } from './bank.js';
import type { Death, Errand, Outcome } from './errand.js';
import { ALWAYS, type Invariant } from './invariants.js';
import { type Keyed, Players } from './players.js';
import { Till } from './tills.js';
import { Violation } from './violation.js';
import { Watch } from './watch.js';

/** How a round is played. */
export interface Rules {
  /** SQL that the superuser runs first: guards taken away, mistakes built in. */
  sql: readonly string[];
  /** A refusal by the product is then no violation: a guard that holds against a mistake refuses. */
  mistaken: boolean;
  /** False: what is left unfinished is never recovered. */
  recovers: boolean;
  /** The only invariants that count; null: all. */
  watched: readonly string[] | null;
}

export const AS_IT_IS: Rules = { sql: [], mistaken: false, recovers: true, watched: null };

/** What a stay of an hour costs under the fixture's tariff, minor units. */
const PRICE = 200;
/** As in the product: a pass again and again, and only over what is left for a while. */
const PASS_EVERY_MS = 150;
const ABANDONED_AFTER_SECONDS = 0.4;
const LOOK_EVERY_MS = 75;
const JOURNAL = 60;
const TILLS = 2;

/** How a command is sent: to which till, where that dies, and how slow the provider is. */
export interface Sending {
  till: number;
  death: Death | null;
  slow: number;
}

/** One round's world: a database, two tills, the bank, the players' knowledge, and somebody who watches. */
export class Site {
  readonly players = new Players();
  commands = 0;
  private readonly journal: string[] = [];
  private wrong: Error | null = null;
  private open = true;
  private background: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly on: Payments,
    readonly bank: Bank,
    readonly watch: Watch,
    readonly tills: Till[],
    readonly rules: Rules,
    readonly locationId: string,
  ) {}

  static async open(rules: Rules): Promise<Site> {
    const on = await openPayments();
    try {
      return await Site.openOn(on, rules);
    } catch (error) {
      await on.close();
      throw error;
    }
  }

  private static async openOn(on: Payments, rules: Rules): Promise<Site> {
    for (const statement of rules.sql) await on.see(statement);
    const key = sandboxKey(on.test.secrets);
    const bank = new Bank(on.database, key);
    const opening = {
      kind: 'open' as const,
      url: on.test.url('payments'),
      viewer: on.viewer,
      now: NOW,
      noticeKey: key.toString('hex'),
    };
    const settings = { opening, answer: (asking: Parameters<Bank['answer']>[0]) => bank.answer(asking) };
    const tills = await Promise.all(Array.from({ length: TILLS }, () => Till.open(settings)));
    const watch: Watch = new Watch(on.test.adminUrl, {
      told: () => site.players.heard(),
      rest: () => ({
        ordered: site.players.ordered(),
        charged: bank.orders,
        noticeIds: bank.noticeIds,
        price: PRICE,
      }),
    });
    await watch.open();
    const site: Site = new Site(on, bank, watch, tills, rules, await on.openLocation());
    site.background = Promise.all([site.keepWatching(), rules.recovers && site.keepRecovering()]);
    return site;
  }

  get kills(): number {
    return this.tills.reduce((sum, till) => sum + till.kills, 0);
  }

  /** Throws what went wrong anywhere, with what was played last. */
  check(): void {
    if (this.wrong) throw this.wrong;
  }

  note(line: string): void {
    if (this.journal.push(line) > JOURNAL) this.journal.shift();
  }

  /** Sends a player's command, and hears the answer if there is one. */
  async send(command: Keyed, sending: Sending): Promise<Outcome | null> {
    const { story, input, key } = command;
    const outcome = await this.run(
      { story, input, key, death: sending.death, slow: sending.slow },
      sending.till,
    );
    if (outcome) this.guarded(() => this.players.hear(command, outcome));
    return outcome;
  }

  /** Delivers a letter; one that nobody acknowledged is sent again at the end. */
  async deliver(letter: Letter, { till, death, slow }: Sending): Promise<void> {
    const input = { headers: letter.headers, body: letter.body };
    if (await this.run({ story: 'notice', input, key: null, death, slow }, till)) letter.acknowledged = true;
  }

  async recover(seconds: number, { till, death, slow }: Sending): Promise<void> {
    await this.run({ story: 'recover', input: { seconds }, key: null, death, slow }, till);
  }

  async look(invariants: Invariant[] = ALWAYS): Promise<void> {
    await this.watch.look(this.counting(invariants)).catch((error: unknown) => this.blame(error));
    this.check();
  }

  /** Ends what runs by itself: from now on only who asks moves anything. */
  async rest(): Promise<void> {
    this.open = false;
    await this.background;
    await this.bank.idle();
  }

  async close(): Promise<void> {
    await this.rest();
    await Promise.all(this.tills.map((till) => till.close()));
    await this.bank.idle();
    await this.watch.close();
    await this.on.close();
  }

  private async run(errand: Errand, till: number): Promise<Outcome | null> {
    this.commands += 1;
    const end = await this.tills[till % this.tills.length]!.run(structuredClone(errand));
    const what = `${errand.story} ${errand.key ?? ''} ${JSON.stringify(errand.death ?? '')}`;
    switch (end.kind) {
      case 'done':
        this.note(`${what}: ${end.outcome.__typename ?? 'done'} ${end.outcome.payment?.id ?? ''}`);
        return end.outcome;
      case 'lost':
        this.note(`${what}: lost with its till`);
        return null;
      case 'failed':
        this.note(`${what}: ${end.message}`);
        if (!this.rules.mistaken) this.blame(new Violation('a story answers', [errand.story, end.message]));
        return null;
    }
  }

  private counts(name: string): boolean {
    return this.rules.watched?.includes(name) ?? true;
  }

  private counting(invariants = ALWAYS): Invariant[] {
    return invariants.filter(({ name }) => this.counts(name));
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.blame(error);
    }
  }

  private blame(error: unknown): void {
    if (this.wrong || (error instanceof Violation && !this.counts(error.invariant))) return;
    this.wrong = error instanceof Error ? error : new Error(String(error));
    this.wrong.message += `\nPlayed last:\n${this.journal.join('\n')}`;
  }

  private async keepWatching(): Promise<void> {
    while (this.open) {
      await this.watch.look(this.counting()).catch((error: unknown) => this.blame(error));
      await sleep(LOOK_EVERY_MS);
    }
  }

  private async keepRecovering(): Promise<void> {
    for (let turn = 0; this.open; turn += 1) {
      await sleep(PASS_EVERY_MS);
      this.commands -= 1;
      await this.recover(ABANDONED_AFTER_SECONDS, { till: turn, death: null, slow: 0 });
    }
  }
}
