/**
 * What a tariff version says: what the sign at the entrance says. Six pieces combine: bands and their steps (what time
 * costs, when), caps (at most so much in a span), graces (minutes that cost nothing), fees and adjustments, items sold
 * beside time, tax and rounding. Amounts are minor units of `currencyCode`, local times are those of the location's
 * clock. Stored for ever as it was published.
 */
export interface TariffRules {
  currencyCode: string;
  /** What time costs and when. Time that lies in no band costs nothing. */
  bands: Band[];
  /** Where several bands apply at once: the first one listed, or the one that costs this stay least there. */
  overlap: 'FIRST' | 'CHEAPEST';
  caps: Cap[];
  graces: Graces;
  fees: Fees;
  overstay: Overstay | null;
  demand: Demand | null;
  /** What is sold beside time: energy, a car wash. */
  items: Item[];
  /** Null: no tax is shown. */
  tax: Tax | null;
  rounding: Rounding;
  /** The local dates, as "2026-12-25", that count as HOLIDAY; the day before each counts as HOLIDAY_EVE. */
  holidays: string[];
  /** What a stay costs that is under way when the next version begins: all by the version at its entry, or by each in turn. */
  onNewVersion: 'KEEP' | 'SPLIT';
}

export const DAY_KINDS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN', 'HOLIDAY', 'HOLIDAY_EVE'] as const;
/** A holiday is also its weekday: the band for holidays stands before that for weekdays. */
export type DayKind = (typeof DAY_KINDS)[number];

/** A time of the local day, again and again. `to` at or before `from` lies on the next day. */
export interface Window {
  /** The days on which it begins; empty: every day. */
  days: DayKind[];
  /** Minutes since the local midnight, 0 to 1439. */
  from: number;
  /** Minutes since the local midnight, 1 to 1440; 1440 is midnight. */
  to: number;
}

/** A price list for some of the time. */
export interface Band {
  /** What the sign calls it; unique in the tariff. */
  name: string;
  /** When it applies; empty: always. */
  windows: Window[];
  /** Only for stays that begin in one of these (early bird); empty: for all. */
  entered: Window[];
  /** By how long the stay has been charged by this band; what lies beyond the last step costs nothing. */
  steps: Step[];
  /** When the steps begin anew: never, each 24 h from the entry, at local midnight, whenever the band begins again. */
  restart: 'NEVER' | 'HOURS_24' | 'DAY' | 'BAND';
  /** What becomes of a period that is under way when the band ends: it is cut off there, or it ends first. */
  atEnd: 'CUT' | 'RUN_ON';
}

/** A part of a band's price list. */
export interface Step {
  /** Where the step ends, in minutes charged by the band since its steps began; null: never. */
  upTo: number | null;
  /** The length of a period in minutes; null: the price is asked once, for the whole step. */
  minutes: number | null;
  /** For each period. */
  price: number;
  /** True: by the millisecond in proportion; false: every started period costs its whole price. */
  prorated: boolean;
}

/** The most that a span of time can cost; steps and bands go on counting inside it. */
export interface Cap {
  amount: number;
  /** The whole stay, 24 h or 7 days from the entry and so on, the local day or week (from Monday), one occurrence of a band. */
  per: 'STAY' | 'HOURS_24' | 'DAYS_7' | 'DAY' | 'WEEK' | 'BAND';
  /** Only what these bands charge counts; empty: all. */
  bands: string[];
  /** Only the n-th span of the stay, or each n-th (0 of "every 7": the seventh day is free); null: every span. */
  only: { nth: number; repeating: boolean } | null;
}

/** Minutes that cost nothing. */
export interface Graces {
  /** Leave within so many minutes of entering and pay nothing. */
  entry: number;
  /** What a longer stay pays: from minute 0, or from the end of the free minutes. */
  beyondEntry: 'FROM_START' | 'FROM_GRACE_END';
  /** So many minutes at the end of the stay are not counted. */
  end: number;
  /** After a payment the driver may take so many minutes to leave. */
  exit: number;
  /** Come back within so many minutes and the stay goes on where it ended; 0: it is another one. */
  reentry: number;
}

/** Amounts that do not depend on time. */
export interface Fees {
  /** Once for each stay that is not free. */
  start: number;
  /** What time, start and items cost at least, where they cost anything. */
  minimum: number;
  /** What time, start and items cost at most; null: no limit. */
  maximum: number | null;
  /** Asked instead of the time charge when the ticket is lost and the entry unknown; null: as if it were not lost. */
  lostTicket: number | null;
  /** For a booking that nobody came for; null: nothing. */
  noShow: number | null;
}

/** What time beyond the maximum stay costs, besides or instead of its ordinary price. */
export interface Overstay {
  /** The maximum stay in minutes. */
  after: number;
  /** Beyond it so many minutes are forgiven; whoever exceeds them pays from `after` on. */
  grace: number;
  penalty:
    | { kind: 'MULTIPLIER'; /** 2: the time beyond costs twice its price. */ factor: number }
    | { kind: 'PERIODS'; minutes: number; price: number };
}

/** Prices by how full the place was when the vehicle entered. */
export interface Demand {
  /** From this share of occupied places (0 to 1) on prices are multiplied; the highest `from` reached counts. */
  levels: { from: number; factor: number }[];
  /** What no step's price falls below or rises above by it; null: no bound. */
  floor: number | null;
  ceiling: number | null;
}

/** Something sold beside time. */
export interface Item {
  /** Unique in the tariff: "EV_ENERGY". */
  code: string;
  name: string;
  /** What a quantity counts: "kWh", "minute", "piece". */
  unit: string;
  price: number;
  /** A quantity is rounded up to a multiple of this; 0: it is taken as it is. */
  step: number;
  /** Its own tax in percent; null: the tariff's. */
  taxPercent: number | null;
}

export interface Tax {
  /** In percent with at most 3 decimals. */
  percent: number;
  /** True: the prices contain it; false: it comes on top. */
  included: boolean;
}

export interface Rounding {
  mode: 'HALF_UP' | 'HALF_EVEN' | 'UP' | 'DOWN';
  /** Amounts become multiples of so many minor units. */
  unit: number;
  per: 'LINE' | 'TOTAL';
  /** What is paid in cash is rounded, half up, to a multiple of this: 5 where there are no smaller coins. */
  cashUnit: number;
}

/** One thing that is wrong with a tariff: `path` names the rule, e.g. "bands.0.steps.1.minutes". */
export interface RuleFault {
  path: string;
  message: string;
}

/** What a tariff says where its operator said nothing. */
export const UNSAID: Omit<TariffRules, 'currencyCode' | 'bands'> = {
  overlap: 'FIRST',
  caps: [],
  graces: { entry: 0, beyondEntry: 'FROM_START', end: 0, exit: 15, reentry: 0 },
  fees: { start: 0, minimum: 0, maximum: null, lostTicket: null, noShow: null },
  overstay: null,
  demand: null,
  items: [],
  tax: null,
  rounding: { mode: 'HALF_UP', unit: 1, per: 'LINE', cashUnit: 1 },
  holidays: [],
  onNewVersion: 'KEEP',
};

/** A tariff with a single price list and nothing else to it, for `over` to add to. */
export const simpleTariff = (
  currencyCode: string,
  steps: Step[],
  over: Partial<TariffRules> = {},
): TariffRules => ({
  ...UNSAID,
  currencyCode,
  bands: [{ name: 'Parking', windows: [], entered: [], steps, restart: 'NEVER', atEnd: 'CUT' }],
  ...over,
});
