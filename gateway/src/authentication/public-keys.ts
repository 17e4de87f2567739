import { setTimeout as sleep } from 'node:timers/promises';
import { importJWK, type CryptoKey, type JWK } from 'jose';
import type { PublicKey } from '../contract/identity.js';

const ALGORITHM = 'EdDSA';
/** Between two readings. Forged key ids must not become a query each; a key just made must be found all the same. */
const APART_MILLISECONDS = 100;

/** The keys that verify access tokens, read when an unknown one is asked for. */
export class PublicKeys {
  private keys = new Map<string, CryptoKey | Uint8Array>();
  private published: JWK[] = [];
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;

  constructor(private readonly read: () => Promise<PublicKey[]>) {}

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

  private refresh(): Promise<void> {
    this.reading ??= this.load().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async load(): Promise<void> {
    const wait = this.readAt + APART_MILLISECONDS - performance.now();
    if (wait > 0) await sleep(wait);
    this.readAt = performance.now();
    const read = await this.read();
    const imported = await Promise.all(
      read.map(async ({ kid, jwk }) => [kid, await importJWK(jwk, ALGORITHM)] as const),
    );
    this.keys = new Map(imported);
    this.published = read.map(({ kid, jwk }) => ({ ...jwk, kid, alg: ALGORITHM, use: 'sig' }));
  }
}
