import type { TariffRules } from '../tariff/tariff-rules.js';

/**
 * The same tariff with its free minutes on entry written as a first step that costs nothing, where that charges the same:
 * under a single price list that applies always, when longer stays pay from the end of the free minutes.
 */
export function withGraceAsStep(rules: TariffRules): TariffRules {
  const { entry, beyondEntry } = rules.graces;
  const [band, second] = rules.bands;
  if (entry === 0 || beyondEntry !== 'FROM_GRACE_END' || !band || second) return rules;
  if (band.windows.length > 0 || band.entered.length > 0 || band.restart !== 'NEVER') return rules;
  if (band.steps.length === 0) return rules;
  const later = band.steps.map((step) => ({ ...step, upTo: step.upTo === null ? null : step.upTo + entry }));
  const free = { upTo: entry, minutes: null, price: 0, prorated: false };
  return {
    ...rules,
    graces: { ...rules.graces, entry: 0, beyondEntry: 'FROM_START' },
    bands: [{ ...band, steps: [free, ...later] }],
  };
}
