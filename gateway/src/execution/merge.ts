/** A JSON object as subgraphs send it. */
export type JsonObject = Record<string, unknown>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Merges `source` into `target`, deeply: what several subgraphs say of one object becomes one object. */
export function mergeInto(target: JsonObject, source: JsonObject): void {
  for (const key in source) {
    const theirs = source[key];
    if (theirs === undefined) continue;
    const ours = target[key];
    if (isJsonObject(ours) && isJsonObject(theirs)) {
      if (ours !== theirs) mergeInto(ours, theirs);
    } else if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
      mergeItems(ours, theirs);
    } else {
      target[key] = theirs;
    }
  }
}

function mergeItems(ours: unknown[], theirs: unknown[]): void {
  for (let index = 0; index < ours.length; index += 1) {
    const item = theirs[index];
    const mine = ours[index];
    if (isJsonObject(mine) && isJsonObject(item)) {
      if (mine !== item) mergeInto(mine, item);
    } else {
      ours[index] = item;
    }
  }
}
