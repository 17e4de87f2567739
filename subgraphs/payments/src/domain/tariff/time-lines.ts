import { type MeteredTariff, PERMIT } from './compiled-tariff.js';
import { MINUTE } from './local-time.js';
import type { ChargeLine } from './charge-line.js';
import { type CapSpan, NOWHERE, type Piece } from './piece.js';
import type { Cap } from './tariff-rules.js';

/** From the narrowest to the widest. */
const WIDTH: readonly Cap['per'][] = ['BAND', 'HOURS_24', 'DAY', 'DAYS_7', 'WEEK', 'STAY'];

/** The same step at the same price, or the same capped span. */
interface Group {
  span: CapSpan | null;
  first: Piece;
  from: number;
  to: number;
  quantity: number;
  amount: number;
}

/**
 * The pieces of a stay as lines, in the order of time: neighbours of one step are one line, all that lies in a span whose
 * cap was reached is another, and full spans of the same cap that follow each other are counted.
 */
export function timeLines(
  tariff: MeteredTariff,
  pieces: readonly Piece[],
  end: number,
  taxPercent: number | null,
): ChargeLine[] {
  const lines: ChargeLine[] = [];
  for (const group of grouped(tariff, pieces)) {
    const line = group.span ? capLine(tariff, group, group.span) : stepLine(tariff, group);
    const whole = { ...line, from: new Date(group.from), to: new Date(Math.min(group.to, end)), taxPercent };
    const last = lines.at(-1);
    if (group.span && last?.rule === 'CAP' && continues(last, whole)) {
      last.to = whole.to;
      last.quantity += 1;
      last.amount += whole.amount;
    } else lines.push(whole);
  }
  return lines;
}

function grouped(tariff: MeteredTariff, pieces: readonly Piece[]): Group[] {
  const groups: Group[] = [];
  const bySpan = new Map<CapSpan, Group>();
  const effective = effectiveSpans(tariff, pieces);
  for (const piece of pieces) {
    const { from, to, quantity, net } = piece;
    const widest = widestReached(tariff, piece);
    const span = widest && effective.has(widest) ? widest : null;
    const last = groups.at(-1);
    const known = span ? bySpan.get(span) : last && isSame(last, piece) ? last : undefined;
    if (known) {
      known.to = to;
      known.quantity += quantity;
      known.amount += net;
    } else if (last?.span && piece.gross === 0 && from < last.span.end && isInside(tariff, last, piece)) {
      last.to = to;
    } else {
      const group = { span, first: piece, from, to, quantity, amount: net };
      groups.push(group);
      if (span) bySpan.set(span, group);
    }
  }
  return groups;
}

/** Free time inside a capped span is part of it. */
const isInside = (tariff: MeteredTariff, { span }: Group, { band }: Piece): boolean =>
  span !== null && tariff.caps[span.cap]?.counts[band] === true;

const isSame = ({ span, first, to }: Group, piece: Piece): boolean =>
  span === null && first.band === piece.band && first.step === piece.step && to === piece.from;

/** The spans that took something off what no wider one stands for. */
function effectiveSpans(tariff: MeteredTariff, pieces: readonly Piece[]): ReadonlySet<CapSpan> {
  const effective = new Set<CapSpan>();
  for (const piece of pieces) {
    const span = piece.net < piece.gross && widestReached(tariff, piece);
    if (span) effective.add(span);
  }
  return effective;
}

function widestReached({ caps }: MeteredTariff, { spans }: Piece): CapSpan | null {
  let widest: CapSpan | null = null;
  for (const span of spans) {
    if (!span.reached) continue;
    if (!widest || widthOf(caps[span.cap]) > widthOf(caps[widest.cap])) widest = span;
  }
  return widest;
}

const widthOf = (cap: { per: Cap['per'] } | undefined): number => (cap ? WIDTH.indexOf(cap.per) : -1);

type Unplaced = Omit<ChargeLine, 'from' | 'to' | 'taxPercent'>;

function capLine({ caps, bands }: MeteredTariff, { amount, first }: Group, { cap }: CapSpan): Unplaced {
  const per = caps[cap]?.per ?? 'STAY';
  const all = caps[cap]?.counts.every(Boolean) ?? true;
  const name = all ? null : (bands[first.band]?.name ?? null);
  return { rule: 'CAP', name, quantity: 1, unit: { per }, unitPrice: amount, amount };
}

function stepLine({ bands }: MeteredTariff, { first, quantity, amount }: Group): Unplaced {
  const band = bands[first.band];
  const step = band?.steps[first.step];
  const name = first.band === NOWHERE || band?.name === PERMIT ? null : (band?.name ?? null);
  if (!step || step.price === 0) {
    const rule = band?.name === PERMIT ? 'PERMIT' : 'FREE_TIME';
    return { rule, name, quantity: 1, unit: null, unitPrice: 0, amount: 0 };
  }
  const unit = step.period === 0 ? null : { minutes: step.period / MINUTE };
  const rule = step.period === 0 ? 'FLAT' : step.prorated ? 'TIME' : 'INCREMENT';
  return { rule, name, quantity: shownQuantity(quantity), unit, unitPrice: step.price, amount };
}

/** Without the digits that binary fractions leave behind. */
const shownQuantity = (quantity: number): number => Math.round(quantity * 1e6) / 1e6;

const continues = (last: ChargeLine, next: ChargeLine): boolean =>
  last.unitPrice === next.unitPrice &&
  last.name === next.name &&
  last.unit !== null &&
  'per' in last.unit &&
  next.unit !== null &&
  'per' in next.unit &&
  last.unit.per === next.unit.per;
