import type { Band, RuleFault, TariffRules } from '../domain/tariff/tariff-rules.js';
import { shapeOfRules } from './tariff-rules-shape.js';

/**
 * The rules when they hold together, or every fault found in them beside those for which something could not even be
 * read. A fault's path is that of the input.
 */
export function checkRules(
  candidate: TariffRules,
  unread: readonly RuleFault[] = [],
): { rules: TariffRules } | { faults: RuleFault[] } {
  const checked = shapeOfRules(candidate.currencyCode).safeParse(candidate, {
    error: () => 'This is not understood.',
  });
  const malformed = checked.success
    ? []
    : checked.error.issues.map(({ path, message }) => ({ path: writtenPath(path), message }));
  const found = [...unread, ...malformed];
  // what something means is not asked where a part of it is wrong already
  const isFaulty = ({ path }: RuleFault) =>
    found.some((fault) => fault.path === path || fault.path.startsWith(`${path}.`));
  const faults = [...found, ...contradictions(candidate).filter((fault) => !isFaulty(fault))];
  return checked.success && faults.length === 0 ? { rules: checked.data } : { faults: once(faults) };
}

/** A value that breaks several limits is told once. */
const once = (faults: readonly RuleFault[]): RuleFault[] => [
  ...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values(),
];

/** The input has the penalty of an overstay beside its other fields. */
const writtenPath = (path: readonly PropertyKey[]): string =>
  path.join('.').replace(/^overstay\.penalty\./, 'overstay.');

/** What is well-formed and still can't be meant. */
function contradictions({ bands, caps, fees, demand, items }: TariffRules): RuleFault[] {
  const faults: RuleFault[] = [];
  const names = bands.map((one) => one.name);
  const repeated = (all: readonly string[], path: string, field: string) =>
    all.forEach((one, at) => {
      if (all.indexOf(one) < at)
        faults.push({ path: `${path}.${at}.${field}`, message: `There are two named ${one}.` });
    });
  repeated(names, 'bands', 'name');
  repeated(
    items.map(({ code }) => code),
    'items',
    'code',
  );
  bands.forEach((band, at) => faults.push(...faultsOfSteps(band, `bands.${at}.steps`)));
  caps.forEach((one, at) =>
    one.bands.forEach((named, place) => {
      if (!names.includes(named)) {
        faults.push({ path: `caps.${at}.bands.${place}`, message: `No band is named ${named}.` });
      }
    }),
  );
  caps.forEach(({ amount: most, only }, at) => {
    if (most === 0 && only === null) {
      faults.push({
        path: `caps.${at}.amount`,
        message: 'A cap of nothing makes parking free: set the prices to 0 instead.',
      });
    }
  });
  if (fees.maximum !== null && fees.maximum < fees.minimum) {
    faults.push({ path: 'fees.maximum', message: 'The maximum is lower than the minimum.' });
  }
  if (demand && demand.floor !== null && demand.ceiling !== null && demand.floor > demand.ceiling) {
    faults.push({ path: 'demand.floor', message: 'The floor is higher than the ceiling.' });
  }
  return faults;
}

function faultsOfSteps({ steps }: Band, path: string): RuleFault[] {
  return steps.flatMap(({ upTo, minutes, price, prorated }, at): RuleFault[] => {
    const begins = at === 0 ? 0 : steps[at - 1]?.upTo;
    const fault = (field: string, message: string) => [{ path: `${path}.${at}.${field}`, message }];
    if (upTo === null && at < steps.length - 1)
      return fault('upTo', 'Only the last step may be without an end.');
    if (typeof begins === 'number' && upTo !== null && upTo <= begins)
      return fault('upTo', `A step ends later than the one before it, which ends at ${begins} minutes.`);
    if (prorated && minutes === null)
      return fault('minutes', 'A price in proportion needs the minutes that it is for.');
    const lasts = typeof begins === 'number' && upTo !== null ? upTo - begins : Infinity;
    // of what costs nothing no period is asked
    return price > 0 && !prorated && minutes !== null && minutes > lasts
      ? fault(
          'minutes',
          `The step lasts ${lasts} minutes, so that no period of ${minutes} minutes fits: leave it out to ask the price once.`,
        )
      : [];
  });
}
