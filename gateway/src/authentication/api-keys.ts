import { createHash } from 'node:crypto';
import type { Clock } from '@plaza/platform/clock';
import { unauthenticated } from '@plaza/platform/errors';
import type { Viewer } from '@plaza/platform/viewer';
import type { ApiKey } from '../contract/partners.js';
import { Recent } from '@plaza/platform/server/recent';
import { ShortMemory } from './short-memory.js';

export const API_KEY_PREFIX = 'plz_';
/** How long a key is believed to stand. A revoked one is refused within this time. */
export const API_KEY_MILLISECONDS = 1000;

/** Turns a partner's API key into a viewer. */
export class ApiKeys {
  private readonly answers: ShortMemory<Viewer | undefined>;
  // one object for each key for as long as nothing about it changes: what is cached by viewer stays cached
  private readonly viewers = new Recent<string, { text: string; viewer: Viewer }>(10_000);

  constructor(
    private readonly find: (secretHash: Buffer) => Promise<ApiKey | undefined>,
    private readonly clock: Clock,
  ) {
    this.answers = new ShortMemory(clock, API_KEY_MILLISECONDS);
  }

  /** Throws UNAUTHENTICATED for a key that is unknown, revoked or expired. */
  async viewerOf(secret: string): Promise<Viewer> {
    const hash = createHash('sha256').update(secret, 'utf8').digest();
    const viewer = await this.answers.get(hash.toString('base64'), () => this.lookUp(hash));
    if (!viewer) throw unauthenticated('The API key is not valid.');
    return viewer;
  }

  /** Looks every key up again at its next use. */
  forget(): void {
    this.answers.forget();
  }

  private async lookUp(hash: Buffer): Promise<Viewer | undefined> {
    const key = await this.find(hash);
    if (!key || (key.expiresAt && key.expiresAt <= this.clock.now())) return undefined;
    const text = JSON.stringify(key);
    const known = this.viewers.get(key.id);
    if (known?.text === text) return known.viewer;
    const viewer: Viewer = {
      kind: 'apiKey',
      id: key.id,
      name: key.name,
      tenantId: key.tenantId,
      roles: [],
      scopes: key.scopes,
      locationIds: key.locationIds,
      sessionId: null,
    };
    this.viewers.set(key.id, { text, viewer });
    return viewer;
  }
}
