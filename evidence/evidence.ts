/** What was found when Plaza was held against records of the world. */
export interface Findings {
  figures: (readonly [what: string, count: number])[];
  /** One line for each case that is worth a look. */
  details: string[];
  /** False when the aim was missed. */
  holds: boolean;
}

export interface Progress {
  step(): void;
}

/** Records from outside, charged by Plaza's engine. */
export interface Evidence {
  says: string;
  /** `folder`: where the records are kept. Rejects with MissingRecords when they are not there. */
  gather(folder: string, progress: Progress): Promise<Findings>;
}

export const counted = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);
