import { type MeteredBand, type MeteredCap, type MeteredTariff, PERMIT, spanAt } from './compiled-tariff.js';
import { type CapSpan, NOWHERE, type Piece } from './piece.js';
import type { Part } from './presences.js';
import type { Stretch } from './schedule.js';

interface BandState {
  /** Milliseconds charged since the steps began. */
  charged: number;
  restartsAt: number;
}

/** How far a meter looks ahead for the next instant at which something is charged. */
const MOST_STEPS_AHEAD = 200;
/** Less of a minor unit than that is what fractions leave behind. */
const NOTHING = 1e-6;
const NO_SPANS: readonly CapSpan[] = [];
const NO_CAPS: readonly number[] = [];

/** Runs through a stay as a taximeter does and charges its time, piece by piece. */
export class Meter {
  readonly pieces: Piece[] = [];
  private readonly states: BandState[];
  /** The span of each cap that is under way; null: none was begun. */
  private readonly spans: (CapSpan | null)[];
  private current = NOWHERE;
  private chosen: { stretch: Stretch; band: number } | undefined;
  private at: number;
  private parts: readonly Part[] = [];
  /** What is charged only to see what it comes to; null: it is charged in earnest. */
  private trial: number | null = null;

  constructor(
    private readonly tariff: MeteredTariff,
    private readonly enteredAt: number,
  ) {
    this.at = enteredAt;
    this.states = tariff.bands.map(() => ({ charged: 0, restartsAt: -Infinity }));
    this.spans = tariff.caps.map(() => null);
  }

  /** Up to here all is charged: the end of the period under way, which may lie beyond the stay. */
  get chargedUntil(): number {
    return this.at;
  }

  /** Charges the time of a stay: its parts, in their order. */
  run(parts: readonly Part[]): void {
    this.parts = parts;
    for (const { from, to } of parts) {
      if (from > this.at) this.at = from;
      while (this.at < to) this.advance(to);
    }
  }

  /** The last instant up to which staying on costs nothing more; null: it never will. The meter is used up by this. */
  freeUntil(): number | null {
    for (let step = 0; step < MOST_STEPS_AHEAD; step += 1) {
      const from = this.at;
      // where bands are chosen between, it is for the next instant
      this.parts = [{ from, to: from + 1 }];
      this.advance(Infinity);
      const piece = this.pieces.at(-1);
      if (piece && piece.from >= from && piece.net > 0) return from;
      if (this.at === Infinity) return null;
    }
    return this.at;
  }

  private advance(to: number): void {
    const stretch = this.tariff.schedule.at(this.at);
    const band = this.choose(stretch);
    if (band !== this.current) this.begin(band);
    this.charge(band, Math.min(to, stretch.to));
  }

  private choose(stretch: Stretch): number {
    const { bands } = stretch;
    if (bands.length < 2 || this.tariff.rules.overlap === 'FIRST' || this.isPermit(bands[0] as number))
      return bands[0] ?? NOWHERE;
    if (this.chosen?.stretch === stretch) return this.chosen.band;
    let [band, least] = [NOWHERE, Infinity];
    for (const candidate of bands) {
      const cost = this.costOf(candidate, stretch.to);
      if (cost < least) [band, least] = [candidate, cost];
    }
    this.chosen = { stretch, band };
    return band;
  }

  private isPermit(band: number): boolean {
    return this.tariff.bands[band]?.name === PERMIT;
  }

  /** What a band would charge for the stay up to an instant, without charging it. */
  private costOf(band: number, end: number): number {
    const { at, current, spans, tariff } = this;
    const caps = tariff.capsOf[band] ?? NO_CAPS;
    const state = this.stateOf(band);
    const { charged, restartsAt } = state;
    const kept = caps.map((cap) => spans[cap] ?? null);
    for (const cap of caps) spans[cap] = copyOf(spans[cap]);
    this.trial = 0;
    if (band !== current) this.begin(band);
    for (const { from, to } of this.parts) {
      const until = Math.min(to, end);
      if (from > this.at) this.at = from;
      while (this.at < until) this.charge(band, until);
    }
    const cost = this.trial;
    this.trial = null;
    this.at = at;
    this.current = current;
    state.charged = charged;
    state.restartsAt = restartsAt;
    caps.forEach((cap, place) => (spans[cap] = kept[place] ?? null));
    return cost;
  }

  /** The band is another one than before: what counts from its beginning begins anew. */
  private begin(band: number): void {
    this.current = band;
    if (band === NOWHERE) return;
    if (this.tariff.bands[band]?.restart === 'BAND') this.stateOf(band).charged = 0;
    for (const cap of this.tariff.capsOf[band] ?? NO_CAPS) {
      const { per, amount } = this.tariff.caps[cap] as MeteredCap;
      if (per !== 'BAND') continue;
      const number = (this.spans[cap]?.number ?? 0) + 1;
      this.spans[cap] = {
        cap,
        number,
        end: Infinity,
        left: this.limit(cap, number, amount),
        reached: false,
      };
    }
  }

  /** Charges one piece: as many periods of one step as begin before `until` in the same span of each cap. */
  private charge(band: number, until: number): void {
    this.tariff.spend(1);
    const from = this.at;
    const metered = this.tariff.bands[band];
    const state = metered && this.restarted(metered, this.stateOf(band));
    let number = 0;
    while (state && metered.steps[number] && state.charged >= (metered.steps[number]?.upTo ?? 0)) number += 1;
    const step = metered?.steps[number];
    let limit = Math.min(until, this.spansEnd(band), state?.restartsAt ?? Infinity);
    if (!metered || !state || !step) {
      this.at = limit;
      this.record({ band, step: number, from, to: limit, quantity: 0, gross: 0, net: 0, spans: NO_SPANS });
      return;
    }
    limit = Math.min(limit, from + step.upTo - state.charged);
    let [to, quantity] = [limit, 1];
    if (step.period === 0) {
      const begun = number === 0 ? 0 : (metered.steps[number - 1]?.upTo ?? 0);
      quantity = state.charged === begun ? 1 : 0;
    } else if (step.prorated) {
      quantity = (limit - from) / step.period;
    } else {
      quantity = Math.ceil((limit - from) / step.period);
      const end = Math.min(from + quantity * step.period, from + step.upTo - state.charged, state.restartsAt);
      to = metered.runsOn ? end : this.endOf(band, until, end);
    }
    // an endless step that costs nothing, or a price asked once for ever
    const gross = step.price === 0 ? 0 : quantity * step.price;
    state.charged += to - from;
    this.at = to;
    this.record({ band, step: number, from, to, quantity, gross, net: gross, spans: NO_SPANS });
  }

  private record(piece: Piece): void {
    if (piece.gross > 0) this.cap(piece);
    if (this.trial === null) this.pieces.push(piece);
    else this.trial += piece.net;
  }

  private cap(piece: Piece): void {
    const caps = this.tariff.capsOf[piece.band] ?? NO_CAPS;
    if (caps.length === 0) return;
    let net = piece.gross;
    for (const cap of caps) net = Math.min(net, this.spanOf(cap).left);
    for (const cap of caps) {
      const span = this.spanOf(cap);
      if (span.left === net && net < piece.gross) span.reached = true;
      span.left = span.left - net < NOTHING ? 0 : span.left - net;
    }
    piece.net = net;
    if (this.trial === null) piece.spans = caps.map((cap) => this.spanOf(cap));
  }

  private restarted({ restart }: MeteredBand, state: BandState): BandState {
    if (this.at < state.restartsAt || restart === 'BAND') {
      if (restart === 'BAND') state.restartsAt = Infinity;
      return state;
    }
    if (state.restartsAt !== -Infinity) state.charged = 0;
    const span = restart === 'NEVER' ? 'STAY' : restart;
    state.restartsAt = spanAt(span, this.tariff.clock, this.enteredAt, this.at).end;
    return state;
  }

  /** Brings the spans of the caps that count the band up to this instant; returns where the first of them ends. */
  private spansEnd(band: number): number {
    let end = Infinity;
    for (const cap of this.tariff.capsOf[band] ?? NO_CAPS) {
      const { per, amount } = this.tariff.caps[cap] as MeteredCap;
      if (per === 'BAND') continue;
      let span = this.spans[cap];
      if (!span || this.at >= span.end) {
        const { number, end: spanEnd } = spanAt(per, this.tariff.clock, this.enteredAt, this.at);
        span = { cap, number, end: spanEnd, left: this.limit(cap, number, amount), reached: false };
        this.spans[cap] = span;
      }
      if (span.end < end) end = span.end;
    }
    return end;
  }

  /** What a cap allows in its n-th span. */
  private limit(cap: number, number: number, amount: number): number {
    const only = this.tariff.caps[cap]?.only;
    if (!only) return amount;
    const meant = only.repeating ? number % only.nth === 0 : number === only.nth;
    return meant ? amount : Infinity;
  }

  /** Where the band ends, if it does before `end`; it applies up to `from`. */
  private endOf(band: number, from: number, end: number): number {
    for (let at = from; at < end;) {
      const stretch = this.tariff.schedule.at(at);
      const goesOn =
        this.tariff.rules.overlap === 'FIRST' ? stretch.bands[0] === band : stretch.bands.includes(band);
      if (!goesOn) return at;
      at = stretch.to;
    }
    return end;
  }

  private stateOf(band: number): BandState {
    return this.states[band] as BandState;
  }

  /** Of a cap that counts the band under way. */
  private spanOf(cap: number): CapSpan {
    return this.spans[cap] as CapSpan;
  }
}

const copyOf = (span: CapSpan | null | undefined): CapSpan | null => (span ? { ...span } : null);
