import type { Cap } from '../tariff-rules.js';

/** The sentences of one language. Money comes as text with its currency, durations in minutes. */
export interface Phrases {
  duration(minutes: number): string;
  freeOnEntry(duration: string | null): string;
  freeTime(band: string | null): string;
  permit(): string;
  increments(count: number, duration: string, price: string, band: string | null): string;
  time(minutes: number, duration: string, price: string, band: string | null): string;
  flat(price: string, band: string | null): string;
  cap(count: number, per: Cap['per'], price: string, band: string | null): string;
  startFee(price: string): string;
  minimum(difference: string): string;
  maximum(difference: string): string;
  lostTicket(): string;
  noShow(): string;
  overstay(duration: string, price: string): string;
  item(name: string, quantity: string, unit: string, price: string): string;
  /** `price`: what was charged for it; null: nothing. */
  earlierPart(price: string | null): string;
  discount(name: string): string;
  tax(percent: string): string;
  rounding(): string;
  noTariff(): string;
  void(): string;
}
