/** The band of time in which none applies. */
export const NOWHERE = -1;

/** Some time, charged by one step of one band. Instants are milliseconds, amounts minor units that may have fractions. */
export interface Piece {
  /** The number of its band; -1: no band applies. */
  band: number;
  step: number;
  from: number;
  /** Where what was charged ends, which may lie beyond the end of the stay. */
  to: number;
  /** Periods, or parts of one where they are prorated. */
  quantity: number;
  gross: number;
  /** What the caps leave of it. */
  net: number;
  /** The spans of the caps that count it, in the order of the caps; none where nothing was asked. */
  spans: readonly CapSpan[];
}

/** One span of a cap. */
export interface CapSpan {
  cap: number;
  number: number;
  end: number;
  left: number;
  /** True when it took something off. */
  reached: boolean;
}
