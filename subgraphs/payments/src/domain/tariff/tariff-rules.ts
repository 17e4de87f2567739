/** What a tariff version says. Amounts are minor units of `currencyCode`. Stored for ever as it was published. */
export interface TariffRules {
  currencyCode: string;
  /** Leave within these minutes of entering and pay nothing; stay longer and pay from minute 0. */
  freeMinutes: number;
  /** Every started period of `minutes` costs `price`. */
  increment: { minutes: number; price: number };
  /** The most that any 24 hours, counted from the entry, can cost; null: no limit. */
  dailyCap: number | null;
  /** How long after a payment the driver may take to leave without paying more. */
  exitGraceMinutes: number;
  /** The tax that prices contain, in percent with at most 3 decimals; null: none is shown. */
  taxPercent: number | null;
}

/** One thing that is wrong with a tariff: `path` names the rule, e.g. "increment.minutes". */
export interface RuleFault {
  path: string;
  message: string;
}
