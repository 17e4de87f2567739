import type { Clock } from '@plaza/platform/clock';
import { Recent } from '@plaza/platform/server/recent';

interface Remembered<Value> {
  value: Promise<Value>;
  until: number;
}

/** Looks something up and believes the answer for a while. Those who ask meanwhile share one look-up. */
export class ShortMemory<Value> {
  private readonly remembered: Recent<string, Remembered<Value>>;

  /** @param milliseconds how long an answer is believed */
  constructor(
    private readonly clock: Clock,
    private readonly milliseconds: number,
    most = 20_000,
  ) {
    this.remembered = new Recent(most);
  }

  /** The answer for `key`: remembered, or from `lookUp`, whose failures are not remembered. */
  get(key: string, lookUp: () => Promise<Value>): Promise<Value> {
    const now = this.clock.now().getTime();
    const known = this.remembered.get(key);
    if (known && known.until > now) return known.value;
    const value = lookUp();
    value.catch(() => this.remembered.delete(key));
    this.remembered.set(key, { value, until: now + this.milliseconds });
    return value;
  }

  /** Believes nothing any more: the next question of each key is looked up. */
  forget(): void {
    this.remembered.clear();
  }
}
