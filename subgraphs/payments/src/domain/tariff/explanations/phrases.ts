import type { Cap } from '../tariff-rules.js';

/** The sentences of one language. Money and shares come as this language writes them, durations in minutes. */
export interface Phrases {
  /** The BCP 47 tag by which figures are written. */
  tag: string;
  duration(minutes: number): string;
  freeOnEntry(duration: string | null): string;
  freeTime(band: string | null): string;
  permit(): string;
  increments(count: number, duration: string, price: string, band: string | null): string;
  time(minutes: number, duration: string, price: string, band: string | null): string;
  flat(price: string, band: string | null): string;
  /** Time that a flat price asked before is for. */
  coveredByFlat(band: string | null): string;
  cap(count: number, per: Cap['per'], price: string, band: string | null): string;
  startFee(price: string): string;
  minimum(difference: string): string;
  maximum(difference: string): string;
  lostTicket(): string;
  noShow(): string;
  overstay(allowed: string, price: string): string;
  overstayPeriods(allowed: string, count: number, duration: string, price: string): string;
  /** `unit`: as the tariff calls one of it. */
  item(name: string, quantity: number, unit: string, price: string): string;
  /** `price`: what was charged for it; null: nothing. */
  earlierPart(price: string | null): string;
  discount(name: string, off: string): string;
  discountPercent(name: string, percent: string, off: string): string;
  discountTime(name: string, duration: string, off: string): string;
  tax(percent: string): string;
  rounding(): string;
  noTariff(): string;
  void(): string;
}
