import { badUserInput } from '@plaza/platform/errors';
import type { TariffRulesInput } from './tariff-rules-input.js';

/**
 * What the previews of one operation may take together: they are reckoned while everybody else waits. A step is one look
 * of the meter at a price, about a microsecond; a hundred days under a tariff of every piece take about 2,200.
 */
export const PREVIEW_LIMITS = {
  steps: 100_000,
  /** Lines of all quotes. */
  lines: 2_000,
} as const;

/** Steps that reading a window or a step of the price list takes. */
const STEPS_OF_ENTRY = 3;

/** Counts what the previews of one operation take. Throws BAD_USER_INPUT for what is too much. */
export class PreviewWork {
  private steps = 0;
  private lines = 0;

  readonly spend = (steps: number): void => {
    this.steps += steps;
    if (this.steps > PREVIEW_LIMITS.steps) {
      throw tooMuch(`take ${PREVIEW_LIMITS.steps} steps of the meter`);
    }
  };

  read({ bands }: TariffRulesInput): void {
    const entries = bands.map(
      ({ windows, entered, steps }) => (windows?.length ?? 0) + (entered?.length ?? 0) + steps.length,
    );
    this.spend(STEPS_OF_ENTRY * entries.reduce((sum, one) => sum + one, 0));
  }

  tell(lines: number): void {
    this.lines += lines;
    if (this.lines > PREVIEW_LIMITS.lines) throw tooMuch(`have ${PREVIEW_LIMITS.lines} lines`);
  }
}

const tooMuch = (limit: string) =>
  badUserInput(
    'exitedAt',
    `The previews of one operation may ${limit} together: ask for fewer or shorter ones, or under a simpler tariff.`,
  );
