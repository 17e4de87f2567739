import type { TariffRules, Window } from '../domain/tariff/tariff-rules.js';

type Optional<Piece> = { [Field in keyof Piece]?: Piece[Field] | null };

/** A window of the local day; times are "08:00", midnight at its end is "24:00". */
export interface WindowInput {
  days?: Window['days'] | null;
  from: string;
  to: string;
}

/** Decimals are in `currencyCode`. */
export interface StepInput {
  upTo?: number | null;
  minutes?: number | null;
  price: string;
  prorated?: boolean | null;
}

export interface BandInput {
  name?: string | null;
  windows?: WindowInput[] | null;
  entered?: WindowInput[] | null;
  steps: StepInput[];
  restart?: TariffRules['bands'][number]['restart'] | null;
  atEnd?: TariffRules['bands'][number]['atEnd'] | null;
}

export interface CapInput {
  amount: string;
  per: TariffRules['caps'][number]['per'];
  bands?: string[] | null;
  only?: { nth: number; repeating?: boolean | null } | null;
}

export interface FeesInput {
  start?: string | null;
  minimum?: string | null;
  maximum?: string | null;
  lostTicket?: string | null;
  noShow?: string | null;
}

/** Exactly one of `factor` and the two others together. */
export interface OverstayInput {
  after: number;
  grace?: number | null;
  factor?: number | null;
  minutes?: number | null;
  price?: string | null;
}

export interface DemandInput {
  levels: { from: number; factor: number }[];
  floor?: string | null;
  ceiling?: string | null;
}

export interface ItemInput {
  code: string;
  name: string;
  unit: string;
  price: string;
  step?: number | null;
  taxPercent?: string | null;
}

/** A tariff's rules as a client writes them: prices are decimals of `currencyCode`, and what is left out is as UNSAID says. */
export interface TariffRulesInput {
  currencyCode: string;
  bands: BandInput[];
  overlap?: TariffRules['overlap'] | null;
  caps?: CapInput[] | null;
  graces?: Optional<TariffRules['graces']> | null;
  fees?: FeesInput | null;
  overstay?: OverstayInput | null;
  demand?: DemandInput | null;
  items?: ItemInput[] | null;
  tax?: { percent: string; included?: boolean | null } | null;
  rounding?: Optional<TariffRules['rounding']> | null;
  holidays?: string[] | null;
  onNewVersion?: TariffRules['onNewVersion'] | null;
}
