/** Some time that a vehicle was there, or away. */
export interface Presence {
  from: Date;
  to: Date;
}

/** Milliseconds since the epoch. */
export interface Part {
  from: number;
  to: number;
}

/** When a vehicle was there, in milliseconds since the epoch. */
export class Presences {
  private constructor(
    readonly parts: readonly Part[],
    /** How long in all, in milliseconds. */
    readonly length: number,
    readonly end: number,
  ) {}

  static of(enteredAt: Date, leftAt: Date, away: readonly Presence[] = []): Presences {
    const entered = enteredAt.getTime();
    const end = Math.max(entered, leftAt.getTime());
    const parts: Part[] = [];
    let from = entered;
    for (const gone of away) {
      const to = Math.min(gone.from.getTime(), end);
      if (to > from) parts.push({ from, to });
      from = Math.max(from, gone.to.getTime());
    }
    if (end > from || parts.length === 0) parts.push({ from: Math.min(from, end), to: end });
    return Presences.made(parts, end);
  }

  /** The parts, or what of them lies between two instants. */
  within(from: number, to: number): readonly Part[] {
    if (from === -Infinity && to === Infinity) return this.parts;
    return this.parts
      .map((part) => ({ from: Math.max(part.from, from), to: Math.min(part.to, to) }))
      .filter((part) => part.from < part.to);
  }

  /** Without some milliseconds at the beginning and at the end. */
  without(first: number, last: number): Presences {
    if (first === 0 && last === 0) return this;
    let [left, parts] = [first, [] as Part[]];
    for (const { from, to } of this.parts) {
      const gone = Math.min(left, to - from);
      left -= gone;
      if (to > from + gone) parts.push({ from: from + gone, to });
    }
    for (left = last; left > 0 && parts.length > 0;) {
      const part = parts.at(-1) as Part;
      const gone = Math.min(left, part.to - part.from);
      left -= gone;
      parts = [
        ...parts.slice(0, -1),
        ...(part.to > part.from + gone ? [{ from: part.from, to: part.to - gone }] : []),
      ];
    }
    return Presences.made(parts, parts.at(-1)?.to ?? this.parts[0]?.from ?? this.end);
  }

  private static made(parts: readonly Part[], end: number): Presences {
    return new Presences(
      parts,
      parts.reduce((sum, { from, to }) => sum + to - from, 0),
      end,
    );
  }
}
