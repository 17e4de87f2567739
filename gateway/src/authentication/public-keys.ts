import type { Clock } from '@plaza/platform/clock';
import { importJWK, type CryptoKey, type JWK } from 'jose';
import type { PublicKey } from '../contract/identity.js';

const ALGORITHM = 'EdDSA';
/** How often an unknown key id may make us look again: a forged one must not become a query each. */
const AGAIN_MILLISECONDS = 1000;

/** The keys that verify access tokens, read when an unknown one is asked for. */
export class PublicKeys {
  private keys = new Map<string, CryptoKey | Uint8Array>();
  private published: JWK[] = [];
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly read: () => Promise<PublicKey[]>,
    private readonly clock: Clock,
  ) {}

  /** The key with this id; undefined when identity does not know it. */
  async find(kid: string): Promise<CryptoKey | Uint8Array | undefined> {
    const known = this.keys.get(kid);
    if (known) return known;
    await this.refresh();
    return this.keys.get(kid);
  }

  /** The JSON Web Key Set for others who verify our tokens. */
  async keySet(): Promise<{ keys: JWK[] }> {
    await this.refresh();
    return { keys: this.published };
  }

  private async refresh(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now - this.readAt < AGAIN_MILLISECONDS) return;
    this.reading ??= this.load().finally(() => (this.reading = undefined));
    await this.reading;
    this.readAt = now;
  }

  private async load(): Promise<void> {
    const read = await this.read();
    const imported = await Promise.all(
      read.map(async ({ kid, jwk }) => [kid, await importJWK(jwk, ALGORITHM)] as const),
    );
    this.keys = new Map(imported);
    this.published = read.map(({ kid, jwk }) => ({ ...jwk, kid, alg: ALGORITHM, use: 'sig' }));
  }
}
