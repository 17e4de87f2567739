/** Something that must never be so was so. */
export class Violation extends Error {
  constructor(
    readonly invariant: string,
    readonly evidence: unknown,
  ) {
    super(`Violated: ${invariant}. ${JSON.stringify(evidence)}`);
  }
}
