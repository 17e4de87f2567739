import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Everything secret that Plaza needs, derived from the one secret of a deployment (PLAZA_SECRET). */
export class Secrets {
  private readonly keys = new Map<string, Buffer>();

  constructor(private readonly master: string) {
    if (master.length < 32) throw new RangeError('The deployment secret needs at least 32 characters.');
  }

  /** A key of 32 bytes for one purpose only (HKDF-SHA256). */
  key(purpose: string): Buffer {
    let key = this.keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.master, 'plaza', purpose, 32));
      this.keys.set(purpose, key);
    }
    return key;
  }

  /** The password of a database login role. */
  password(role: string): string {
    return this.key(`database role ${role}`).toString('base64url');
  }

  /** Seals `plain` with AES-256-GCM: nonce, tag, ciphertext. */
  encrypt(purpose: string, plain: Buffer | string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key(purpose), nonce);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** Opens what `encrypt` sealed. Throws when it was sealed for another purpose, by another secret, or changed. */
  decrypt(purpose: string, sealed: Buffer): Buffer {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.key(purpose), nonce);
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  }
}
