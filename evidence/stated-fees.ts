/** A fee that a description states: what a stay of so many minutes costs, in cents. */
export interface StatedFee {
  minutes: number;
  fee: number;
}

const HOUR = 60;
const MONEY = String.raw`(?:e(?= ?\d)|\?)? ?(\d+(?:\.\d+)?)(?: (?:euro|eur))?`;
const SPAN = String.raw`((?:\d+(?:\.\d+)? ?)?(?:minuten|minuut|min|m|uren|uur|u|kwartier|half uur)|half uur|24-uur|24u)`;
const FIRST = '(?:de )?(?:eerste|1e|1ste|gratis eerste)';
const ORDINALS: Record<string, number> = {
  tweede: 2,
  '2e': 2,
  '2de': 2,
  derde: 3,
  '3e': 3,
  '3de': 3,
  vierde: 4,
  '4e': 4,
};
const NTH = `(${Object.keys(ORDINALS).join('|')})`;

/** What has been read of a description so far. */
interface Read {
  fees: StatedFee[];
  /** Up to this minute the fee is `total`. */
  minutes: number;
  total: number;
  /** The last price goes on for ever. */
  ended: boolean;
}

type Reading = [form: RegExp, read: (so: Read, ...words: string[]) => unknown];

const form = (text: string) => new RegExp(`^${text}$`);
const upTo = (so: Read, minutes: number, total: number): void => {
  [so.minutes, so.total] = [minutes, total];
  so.fees.push({ minutes, fee: total });
};

/** The forms of the clauses that are understood. A description of which any clause is not, states nothing. */
const READINGS: readonly Reading[] = [
  [
    form(`${FIRST} ${SPAN}(?: is)? (?:gratis|vrij|vrij parkeren)`),
    (so, span) => upTo(so, minutesOf(span), 0),
  ],
  [form(`${FIRST} ${SPAN}(?: is)? ${MONEY}`), (so, span, fee) => upTo(so, minutesOf(span), cents(fee))],
  [
    form(`${FIRST} ${SPAN} ${MONEY} (?:per|p/) ?${SPAN}`),
    (so, span, fee, each) => upTo(so, minutesOf(span), (cents(fee) * minutesOf(span)) / minutesOf(each)),
  ],
  [form(`${NTH} uur(?: is)? (?:gratis|vrij)`), (so, nth) => upTo(so, nthHour(so, nth), so.total)],
  [form(`${NTH} uur(?: is)? ${MONEY}`), (so, nth, fee) => upTo(so, nthHour(so, nth), so.total + cents(fee))],
  [
    form(`volgende ${SPAN} ${MONEY}`),
    (so, span, fee) => upTo(so, so.minutes + minutesOf(span), so.total + cents(fee)),
  ],
  [
    form(`\\d+-(\\d+) (?:min|minuten) ${MONEY}`),
    (so, end, fee) => upTo(so, Number(end), so.total + cents(fee)),
  ],
  [form(`${MONEY} voor ${SPAN}`), (so, fee, span) => priced(so, minutesOf(span), cents(fee))],
  [form(`(?:uurtarief|uur tarief) ${MONEY}`), (so, fee) => each(so, cents(fee), 60)],
  [
    form(`(?:tarief )?${MONEY} ?(?:per|p/|/|p) ?${SPAN}(?: of een gedeelte hiervan)?`),
    (so, fee, span) => each(so, cents(fee), minutesOf(span)),
  ],
  [form(`per ${SPAN} ${MONEY}`), (so, span, fee) => each(so, cents(fee), minutesOf(span))],
  [
    form(
      `(?:dagkaart|avondkaart|nachtkaart|weekkaart|dagtarief|dag tarief|zondagkaart)(?: voor)? ${MONEY}(?: per dag| p/d)?`,
    ),
    (so, fee) => upTo(so, HOUR, cents(fee)),
  ],
  [form(`${MONEY} (?:per dag|dagkaart)`), (so, fee) => upTo(so, HOUR, cents(fee))],
  [
    form('(?:gratis(?: parkeren)?(?: 24/7)?|nul ?tarief|vrij parkeren|0\\.00)'),
    (so) => [60, 1440].forEach((minutes) => upTo(so, minutes, 0)),
  ],
];

/** "0,15 voor 30 min": from the entry, or after what came before. */
function priced(so: Read, span: number, fee: number): void {
  if (so.minutes > 0) upTo(so, so.minutes + span, so.total + fee);
  else so.fees.push({ minutes: span, fee });
}

/** What a price is for, and twice that; nothing can follow. */
function each(so: Read, fee: number, span: number): void {
  const { minutes, total } = so;
  so.ended = true;
  upTo(so, minutes + span, total + fee);
  so.fees.push({ minutes: minutes + 2 * span, fee: total + 2 * fee });
}

/** The fees that a Dutch description of a fare states, where all of it is understood; otherwise none. */
export function statedFees(description: string): StatedFee[] {
  const read: Read = { fees: [], minutes: 0, total: 0, ended: false };
  const clauses = description
    .toLowerCase()
    .replaceAll('1e uur', 'eerste uur')
    .replace(/(\d),(\d)/g, '$1.$2')
    .replace(/(\d),-/g, '$1')
    .replace(/(\d)(uur|min)/g, '$1 $2')
    .replace(/^(?:p ?\+ ?r|carpool|cwz|feestdag|blauwe zone|terrein ?parkeren|garage ?tarief)\b[:,]? /, '')
    .split(/,|;|\b(?:en )?(?:daarna|vervolgens)\b/)
    .map((clause) => clause.trim().replace(/\.$/, ''))
    .filter((clause) => clause !== '');
  // free time that is told after the price comes before it
  if (clauses.length === 2 && /^(?:gratis )?(?:eerste|1e|1ste) .*gratis$/.test(clauses[1] as string))
    clauses.reverse();
  for (const clause of clauses) {
    const known = READINGS.find(([pattern]) => pattern.test(clause));
    if (!known || read.ended) return [];
    known[1](read, ...(known[0].exec(clause) as RegExpExecArray).slice(1));
  }
  return read.fees;
}

/** Cents, with fractions where a price for a minute has them. */
const cents = (text = ''): number => Math.round(Number(text) * 1e8) / 1e6;

function nthHour(so: Read, nth = ''): number {
  return Math.max(so.minutes, ((ORDINALS[nth] ?? 1) - 1) * 60) + 60;
}

function minutesOf(span = ''): number {
  if (span === '24-uur' || span === '24u') return 1440;
  const count = Number(/^\d+(?:\.\d+)?/.exec(span)?.[0] ?? 1);
  if (/half uur/.test(span)) return 30;
  if (/kwartier/.test(span)) return count * 15;
  return /\d ?m|^m/.test(span) ? count : count * 60;
}
