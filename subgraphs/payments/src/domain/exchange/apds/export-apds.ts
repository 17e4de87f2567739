import type { Band, TariffRules } from '../../tariff/tariff-rules.js';
import { decimalOf, shown } from '../amounts.js';
import { canBeFree, overlap } from '../coverage.js';
import { withGraceAsStep } from '../entry-grace.js';
import { type ExportedTariff, Losses, type TariffHeading } from '../exchange.js';
import { addWithoutPlace } from '../no-place.js';
import { durationOf } from './durations.js';
import { rateLinesOf } from './export-lines.js';
import { periodsOf } from './export-windows.js';

/** Writes a tariff as a page of rate tables of APDS 4.0, one for each band in their order. Pure. */
export function exportApds(published: TariffRules, heading: TariffHeading): ExportedTariff {
  const losses = new Losses();
  const rules = withGraceAsStep(published);
  addWithoutPlace(rules, losses);
  const bands = rules.bands.filter(({ entered }) => entered.length === 0);
  const limits = new Limits(rules, bands, losses);
  addOthers(rules, bands, losses);
  const data = bands.map((band) => {
    const path = ['bands', rules.bands.indexOf(band)];
    const id = bands.length === 1 ? heading.id : `${heading.id}-${bands.indexOf(band) + 1}`;
    const from = heading.effectiveFrom.toISOString();
    const periods = periodsOf(band.windows, [...path, 'windows'], losses);
    const name = bands.length === 1 ? heading.name : `${heading.name}: ${band.name}`;
    const rateLines = rateLinesOf(band, limits.start, path, rules.currencyCode, losses);
    const identity = { id, version: heading.number };
    return {
      ...identity,
      rateTableName: [{ language: 'en', string: name }],
      availability: 'public',
      validityStart: from,
      validity: {
        validityStatus: 'definedByValidityTimeSpec',
        validityTimeSpecification: {
          overallStartTime: from,
          ...(periods.length > 0 ? { validPeriods: periods } : {}),
        },
      },
      rateLineCollections: [
        {
          ...identity,
          collectionSequence: 1,
          applicableCurrency: rules.currencyCode,
          relativeTimes: false,
          ...(rules.tax ? { taxIncluded: rules.tax.included, taxRate: rules.tax.percent } : {}),
          ...(band.restart === 'DAY' ? { resetTime: '00:00' } : {}),
          ...(bands.length === 1 && rules.overstay ? { maxTime: durationOf(rules.overstay.after) } : {}),
          ...limits.of(band),
          validStart: from,
          rateLines,
        },
      ],
    };
  });
  return { document: { data }, notExpressed: losses.all };
}

/** What all of a tariff costs at least, at most and once, as far as rate tables can say it. */
class Limits {
  readonly start: number;
  private readonly most = new Map<Band, number>();
  private readonly least: number;

  constructor(
    private readonly rules: TariffRules,
    bands: readonly Band[],
    private readonly losses: Losses,
  ) {
    const { fees, caps } = rules;
    const only = bands.length === 1 ? bands[0] : undefined;
    caps.forEach((cap, number) => {
      const counted = bands.filter(({ name }) => cap.bands.length === 0 || cap.bands.includes(name));
      const band = counted.length === 1 ? counted[0] : undefined;
      const fits =
        (cap.per === 'STAY' && band?.restart === 'NEVER') || (cap.per === 'DAY' && band?.restart === 'DAY');
      const isAll = fees.start === 0 && fees.maximum === null;
      if (band && fits && cap.only === null && isAll && !this.most.has(band)) this.most.set(band, cap.amount);
      else
        losses.add(
          ['caps', number],
          { ...cap, amount: shown(cap.amount, rules.currencyCode) },
          'A rate table has one most, of the whole stay or, where its steps begin anew at midnight, of a day.',
        );
    });
    if (fees.maximum !== null) {
      if (only?.restart === 'NEVER') this.most.set(only, fees.maximum);
      else
        losses.add(
          ['fees', 'maximum'],
          shown(fees.maximum, rules.currencyCode),
          only ? RESTARTED : ONE_TABLE,
        );
    }
    this.start = this.ofOne('start', only);
    this.least = this.ofOne('minimum', only);
  }

  of(band: Band): object {
    const most = this.most.get(band);
    const { currencyCode } = this.rules;
    return {
      ...(this.least > 0 ? { minValueCollection: decimalOf(this.least, currencyCode) } : {}),
      ...(most === undefined ? {} : { maxValueCollection: decimalOf(most, currencyCode) }),
    };
  }

  private ofOne(field: 'start' | 'minimum', only: Band | undefined): number {
    const amount = this.rules.fees[field];
    if (amount === 0) return 0;
    const said = shown(amount, this.rules.currencyCode);
    if (!only) this.losses.add(['fees', field], said, ONE_TABLE);
    else if (canBeFree(this.rules)) {
      this.losses.add(['fees', field], said, 'It is asked there also of stays whose time costs nothing.');
    }
    return only ? amount : 0;
  }
}

const RESTARTED = 'The most of a rate table is for the time until its steps begin anew: it is left out.';
const ONE_TABLE = 'Several rate tables have no total of which it could be asked: it is left out.';

function addOthers(rules: TariffRules, bands: readonly Band[], losses: Losses): void {
  const { items, fees, overstay, currencyCode } = rules;
  items.forEach((item, number) =>
    losses.add(
      ['items', number],
      `${item.name}, for each ${item.unit}`,
      'A rate table is the price of time; a line per unit does not say what it counts.',
    ),
  );
  if (fees.noShow !== null)
    losses.add(
      ['fees', 'noShow'],
      shown(fees.noShow, currencyCode),
      'There is no price for a booking that nobody came for.',
    );
  if (overstay && (bands.length > 1 || !isWithoutPrice(overstay))) {
    losses.add(
      ['overstay'],
      overstay,
      'A rate table knows the maximum stay and no price beyond it; several tables have none together.',
    );
  }
  const days = bands.flatMap(({ windows }) => windows.flatMap((window) => window.days));
  if (days.some((day) => day === 'HOLIDAY' || day === 'HOLIDAY_EVE')) {
    losses.add(['holidays'], rules.holidays, 'Which dates are holidays is not part of a rate table.');
  }
  if (overlap(bands)) {
    losses.add(
      ['bands'],
      bands.map(({ name }) => name),
      'Rate tables that apply at once have no order of their own: the first in the list is meant.',
    );
  }
  bands.forEach((band) => {
    const path = ['bands', rules.bands.indexOf(band)];
    const isAlways = bands.length === 1 && band.windows.length === 0;
    if (band.restart === 'HOURS_24' || (band.restart === 'BAND' && !isAlways)) {
      losses.add(
        [...path, 'restart'],
        band.restart,
        'Steps begin anew at a time of the day there, or never.',
      );
    }
    if (!isAlways && band.steps.length > 1) {
      losses.add(
        [...path, 'steps'],
        `${band.steps.length} steps`,
        'Durations count the whole session there, not the time that this band has charged.',
      );
    }
  });
}

const isWithoutPrice = ({ grace, penalty }: NonNullable<TariffRules['overstay']>): boolean =>
  grace === 0 && penalty.kind === 'MULTIPLIER' && penalty.factor === 1;
