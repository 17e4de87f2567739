import type { Clock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import type { Secrets } from '@plaza/platform/secrets';
import {
  calculateJwkThumbprint,
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import type { SigningKeyRow } from '../database/signing-key.entity.js';
import { addSigningKey, findSigningKeys, lockSigningKeys } from '../database/signing-key.queries.js';

/** The signature algorithm of access tokens (Ed25519). */
export const SIGNATURE = 'EdDSA';

const PURPOSE = 'signing key';
const EVERYBODY = { tenantId: null };

/** A private key, ready to sign, and the id by which verifiers find its public half. */
export interface SigningKey {
  kid: string;
  key: CryptoKey | Uint8Array;
}

/** The key pair that signs access tokens: one for the whole deployment, made by whichever process needs it first. */
export class SigningKeys {
  private known: Promise<SigningKey> | undefined;

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** The key to sign with now. */
  current(): Promise<SigningKey> {
    this.known ??= this.find().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async find(): Promise<SigningKey> {
    const rows = await this.database.read(EVERYBODY, findSigningKeys);
    return this.firstOpened(rows) ?? this.makeOnce();
  }

  // processes that start together wait here for the first one's key
  private async makeOnce(): Promise<SigningKey> {
    const made = await this.make();
    const row = await this.database.write(EVERYBODY, async (tx) => {
      const [, rows] = await Promise.all([lockSigningKeys(tx), findSigningKeys(tx)]);
      const theirs = rows.find((candidate) => this.open(candidate));
      if (!theirs) await addSigningKey(tx, made);
      return theirs ?? made;
    });
    return this.load(row, this.open(row)!);
  }

  private async make(): Promise<SigningKeyRow> {
    const pair = await generateKeyPair(SIGNATURE, { crv: 'Ed25519', extractable: true });
    const jwk = await exportJWK(pair.publicKey);
    const kid = await calculateJwkThumbprint(jwk);
    return {
      kid,
      publicJwk: { ...jwk, kid, alg: SIGNATURE, use: 'sig' },
      privateJwk: this.secrets.encrypt(PURPOSE, JSON.stringify(await exportJWK(pair.privateKey))),
      createdAt: this.clock.now(),
    };
  }

  private firstOpened(rows: SigningKeyRow[]): Promise<SigningKey> | undefined {
    for (const row of rows) {
      const jwk = this.open(row);
      if (jwk) return this.load(row, jwk);
    }
    return undefined;
  }

  // A key sealed under another deployment secret is of no use any more; tokens that it signed still verify.
  private open(row: SigningKeyRow): JWK | undefined {
    try {
      return JSON.parse(this.secrets.decrypt(PURPOSE, row.privateJwk).toString()) as JWK;
    } catch {
      return undefined;
    }
  }

  private async load(row: SigningKeyRow, jwk: JWK): Promise<SigningKey> {
    return { kid: row.kid, key: await importJWK(jwk, SIGNATURE) };
  }
}
