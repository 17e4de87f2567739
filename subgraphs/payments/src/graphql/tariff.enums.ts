import { CHARGE_RULES } from '../domain/tariff/charge-line.js';
import { type Language, LANGUAGES } from '../domain/tariff/explanations/explain.js';
import { DAY_KINDS } from '../domain/tariff/tariff-rules.js';
import { enumOf } from './enum-of.js';

export const ChargeRuleEnum = enumOf(
  'ChargeRule',
  CHARGE_RULES,
  'The rule of a tariff that a line comes from.',
  {
    FREE_TIME: 'Time that costs nothing: the free minutes on entry, or a free part of the price list.',
    PERMIT: 'The hours of a permit, which cost nothing.',
    INCREMENT: 'A price for every started period.',
    TIME: 'A price in proportion to time.',
    FLAT: 'A price for a whole step, however long.',
    CAP: 'The most that a span of time can cost.',
    START_FEE: 'Once for each stay.',
    MINIMUM: 'What is missing to the minimum charge.',
    MAXIMUM: 'What the maximum charge takes off; negative.',
    LOST_TICKET: 'Instead of the price of time when the ticket is lost.',
    NO_SHOW: 'For a booking that nobody came for.',
    OVERSTAY: 'For staying longer than allowed.',
    ITEM: 'Something sold beside time.',
    EARLIER_PART:
      'What was charged on the ticket of an earlier part of the same stay, which goes on after a short absence; taken off, so ' +
      'negative or nothing.',
    DISCOUNT: 'What a discount takes off; negative.',
    TAX: 'Tax on top of prices that do not contain it.',
    ROUNDING: 'The rounding of the total.',
    NO_TARIFF: 'None: the location had no tariff when the vehicle entered, so the stay is free of charge.',
    VOID: 'None: the ticket is void, so nothing is charged.',
  },
);

export const LanguageEnum = enumOf(
  'Language',
  Object.keys(LANGUAGES) as Language[],
  'A language for drivers.',
  {
    EN: 'English.',
    ES: 'Spanish.',
  },
);

export const DayKindEnum = enumOf(
  'DayKind',
  DAY_KINDS,
  'A kind of day. A holiday is also its weekday: the band for holidays stands before that for weekdays.',
  {
    MON: 'Mondays.',
    TUE: 'Tuesdays.',
    WED: 'Wednesdays.',
    THU: 'Thursdays.',
    FRI: 'Fridays.',
    SAT: 'Saturdays.',
    SUN: 'Sundays.',
    HOLIDAY: 'The dates that the tariff lists as `holidays`.',
    HOLIDAY_EVE: 'The day before each of them.',
  },
);

export const RestartEnum = enumOf(
  'TariffRestart',
  ['NEVER', 'HOURS_24', 'DAY', 'BAND'],
  'When a band’s steps begin anew.',
  {
    NEVER: 'Once for the stay.',
    HOURS_24: 'Each 24 hours from the entry.',
    DAY: 'At local midnight.',
    BAND: 'Whenever the band begins again.',
  },
);

export const BandEndEnum = enumOf(
  'TariffBandEnd',
  ['CUT', 'RUN_ON'],
  'What becomes of a started period when its band ends.',
  {
    CUT: 'It ends there, and the next band begins.',
    RUN_ON: 'It ends first; the next band begins after it.',
  },
);

export const OverlapEnum = enumOf(
  'TariffOverlap',
  ['FIRST', 'CHEAPEST'],
  'What counts where several bands apply at once.',
  { FIRST: 'The one that is listed first.', CHEAPEST: 'The one that costs this stay least there.' },
);

export const CapSpanEnum = enumOf(
  'TariffCapSpan',
  ['STAY', 'HOURS_24', 'DAYS_7', 'DAY', 'WEEK', 'BAND'],
  'The span of time that a cap is for.',
  {
    STAY: 'The whole stay.',
    HOURS_24: 'Each 24 hours from the entry.',
    DAYS_7: 'Each 7 days of 24 hours from the entry.',
    DAY: 'Each day of the local calendar.',
    WEEK: 'Each week of the local calendar, from Monday.',
    BAND: 'Each time that the band applies, as one night.',
  },
);

export const GraceChargeEnum = enumOf(
  'TariffGraceCharge',
  ['FROM_START', 'FROM_GRACE_END'],
  'From when a stay is charged that was longer than the free minutes on entry.',
  { FROM_START: 'From its first minute.', FROM_GRACE_END: 'From the end of the free minutes.' },
);

export const RoundingModeEnum = enumOf(
  'TariffRoundingMode',
  ['HALF_UP', 'HALF_EVEN', 'UP', 'DOWN'],
  'Which way amounts are rounded.',
  {
    HALF_UP: 'To the nearest; a half up.',
    HALF_EVEN: 'To the nearest; a half to the even one.',
    UP: 'Up.',
    DOWN: 'Down.',
  },
);

export const RoundingScopeEnum = enumOf('TariffRoundingScope', ['LINE', 'TOTAL'], 'What is rounded.', {
  LINE: 'Each line.',
  TOTAL: 'The total; a line says by how much.',
});

export const NewVersionPolicyEnum = enumOf(
  'TariffNewVersionPolicy',
  ['KEEP', 'SPLIT'],
  'What a stay costs that is under way when the next version begins.',
  {
    KEEP: 'All of it is charged by the version in force at its entry.',
    SPLIT: 'Each part is charged by the version in force then.',
  },
);
