import { capExplained, freeTimeExplained, incrementsExplained, nothingExplained } from './explanations.js';
import type { TariffRules } from './tariff-rules.js';

/** The rules that a line of a quote can come from. */
export const CHARGE_RULES = ['FREE_TIME', 'INCREMENT', 'DAILY_CAP', 'NO_TARIFF', 'VOID'] as const;
export type ChargeRule = (typeof CHARGE_RULES)[number];

/** Why a stay is charged by no tariff: its location had none when it began, or its ticket is void. */
export type Uncharged = Extract<ChargeRule, 'NO_TARIFF' | 'VOID'>;

/** One line of a charge. Amounts are minor units; `quantity` counts periods or days. */
export interface ChargeLine {
  rule: ChargeRule;
  from: Date;
  to: Date;
  quantity: number;
  unitPrice: number;
  amount: number;
  /** A sentence that a driver understands. */
  explanation: string;
}

/** What a stay costs up to an instant, and the last instant at which it still costs the same (null: for ever). */
export interface Charge {
  lines: ChargeLine[];
  amount: number;
  sameUntil: Date | null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const after = (from: Date, milliseconds: number) => new Date(from.getTime() + milliseconds);

/** Charges the time from `from` to `to` by elapsed time. A `to` before `from` costs what leaving at once costs. */
export function chargeStay(rules: TariffRules, from: Date, to: Date): Charge {
  const elapsed = Math.max(0, to.getTime() - from.getTime());
  const end = after(from, elapsed);
  const free = rules.freeMinutes * MINUTE;
  if (elapsed <= free) {
    const explanation = freeTimeExplained(rules.freeMinutes);
    const line: ChargeLine = {
      rule: 'FREE_TIME',
      from,
      to: end,
      quantity: 1,
      unitPrice: 0,
      amount: 0,
      explanation,
    };
    return { lines: [line], amount: 0, sameUntil: after(from, free) };
  }
  return capThatBinds(rules) === null
    ? chargeIncrements(rules, from, end)
    : chargeDays(rules, capThatBinds(rules) as number, from, end);
}

/** The charge of a stay that costs nothing: one line says why. */
export function chargeNothing(why: Uncharged, from: Date, to: Date): Charge {
  const line = { from, to: to < from ? from : to, quantity: 1, unitPrice: 0, amount: 0 };
  return { lines: [{ rule: why, ...line, explanation: nothingExplained[why] }], amount: 0, sameUntil: null };
}

/** The daily cap, unless even a full day of increments stays below it. */
function capThatBinds({ dailyCap, increment }: TariffRules): number | null {
  const fullDay = Math.ceil(DAY / (increment.minutes * MINUTE)) * increment.price;
  return dailyCap !== null && fullDay >= dailyCap ? dailyCap : null;
}

/** Days are counted from the entry; a day whose periods reach the cap costs the cap, the periods begin anew each day. */
function chargeDays(rules: TariffRules, cap: number, from: Date, to: Date): Charge {
  const elapsed = to.getTime() - from.getTime();
  let cappedDays = Math.floor(elapsed / DAY);
  const lastDay = after(from, cappedDays * DAY);
  const rest = chargeIncrements(rules, lastDay, to);
  let { lines, sameUntil } = rest;
  if (rest.amount >= cap) {
    cappedDays += 1;
    lines = [];
    sameUntil = after(from, cappedDays * DAY);
  }
  if (cappedDays > 0) {
    const dayLine: ChargeLine = {
      rule: 'DAILY_CAP',
      from,
      to: lines.length > 0 ? lastDay : to,
      quantity: cappedDays,
      unitPrice: cap,
      amount: cappedDays * cap,
      explanation: capExplained(cappedDays, cap, rules.currencyCode),
    };
    lines = [dayLine, ...lines];
  }
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  return { lines, amount, sameUntil: earlier(sameUntil, after(lastDay, DAY)) };
}

function chargeIncrements({ increment, currencyCode }: TariffRules, from: Date, to: Date): Charge {
  const period = increment.minutes * MINUTE;
  const quantity = Math.ceil((to.getTime() - from.getTime()) / period);
  const sameUntil = increment.price === 0 ? null : after(from, quantity * period);
  if (quantity === 0) return { lines: [], amount: 0, sameUntil };
  const amount = quantity * increment.price;
  const explanation = incrementsExplained(quantity, increment.minutes, increment.price, currencyCode);
  return {
    lines: [{ rule: 'INCREMENT', from, to, quantity, unitPrice: increment.price, amount, explanation }],
    amount,
    sameUntil,
  };
}

const earlier = (one: Date | null, other: Date): Date => (one !== null && one < other ? one : other);
