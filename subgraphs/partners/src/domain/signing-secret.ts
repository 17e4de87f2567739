import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';

const KEY_BYTES = 32;
/** How long a rotated secret goes on signing beside its successor. */
export const RETIRED_SECRET_HOURS = 24;
/** PKCS #8 of an Ed25519 key is this fixed beginning and then the 32 bytes of the seed. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * What signs the webhooks of one endpoint, by Standard Webhooks: a symmetric key (v1, HMAC-SHA256), which the receiver
 * shares, and an Ed25519 key (v1a), of which the receiver needs to know only the public half.
 */
export class SigningSecret {
  private constructor(
    private readonly hmacKey: Buffer,
    private readonly ed25519Seed: Buffer,
  ) {}

  static create(): SigningSecret {
    return new SigningSecret(randomBytes(KEY_BYTES), randomBytes(KEY_BYTES));
  }

  /** Reads what `toBytes` gave. */
  static fromBytes(bytes: Buffer): SigningSecret {
    if (bytes.length !== 2 * KEY_BYTES) throw new RangeError('A signing secret has 64 bytes.');
    return new SigningSecret(bytes.subarray(0, KEY_BYTES), bytes.subarray(KEY_BYTES));
  }

  /** Both private keys: for the sealed column only. */
  toBytes(): Buffer {
    return Buffer.concat([this.hmacKey, this.ed25519Seed]);
  }

  /** `whsec_` and base64: what the receiver gives its Standard Webhooks library. */
  get sharedSecret(): string {
    return `whsec_${this.hmacKey.toString('base64')}`;
  }

  /** `whpk_` and base64: the public half of the Ed25519 key. */
  get publicKey(): string {
    const { x } = createPublicKey(this.privateKey()).export({ format: 'jwk' });
    return `whpk_${Buffer.from(x!, 'base64url').toString('base64')}`;
  }

  /** Both signatures of one message; `timestamp` is in seconds since 1970. */
  sign(webhookId: string, timestamp: number, body: string): string {
    const content = Buffer.from(`${webhookId}.${timestamp}.${body}`, 'utf8');
    const v1 = createHmac('sha256', this.hmacKey).update(content).digest('base64');
    const v1a = sign(null, content, this.privateKey()).toString('base64');
    return `v1,${v1} v1a,${v1a}`;
  }

  /** Keeps the keys out of logs and error reports, however carelessly the object is printed. */
  toJSON(): string {
    return '[signing secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[signing secret]';
  }

  private privateKey(): KeyObject {
    return createPrivateKey({
      key: Buffer.concat([ED25519_PKCS8, this.ed25519Seed]),
      format: 'der',
      type: 'pkcs8',
    });
  }
}

/** The three headers of Standard Webhooks, signed by every secret that is valid, the newest first. */
export function signedHeaders(
  secrets: readonly SigningSecret[],
  webhookId: string,
  at: Date,
  body: string,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = Math.floor(at.getTime() / 1000);
  return {
    'webhook-id': webhookId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map((secret) => secret.sign(webhookId, timestamp, body)).join(' '),
  };
}
