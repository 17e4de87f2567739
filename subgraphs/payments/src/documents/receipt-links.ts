import type { Clock } from '@plaza/platform/clock';
import type { Secrets } from '@plaza/platform/secrets';
import type { Viewer } from '@plaza/platform/viewer';
import type { Language } from '../domain/tariff/explanations/explain.js';

const PURPOSE = 'receipt link';
const LIFETIME = 15 * 60_000;
/** The end of an address that has none. */
const NEVER = 2 ** 48 - 1;
/** In a sealed link: two ids, then the instant of its end, then the language. */
const [ID_BYTES, INSTANT_BYTES] = [16, 6];

/** Where receipts are printed, beside /graphql. */
export const RECEIPTS_PATH = '/receipts/';

/** What a link opens: one receipt of one organization. */
export interface LinkedReceipt {
  tenantId: string;
  receiptId: string;
  language: Language;
}

/** Addresses that open one receipt, whoever has them; nobody else can make or change one. */
export class ReceiptLinks {
  /** `publicUrl` is what the world calls this Plaza by; null: nobody has told. */
  constructor(
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    private readonly publicUrl: string | null,
  ) {}

  /** An address that opens it for a quarter of an hour. The viewer must have been shown the receipt. */
  linkTo({ tenantId }: Viewer, receiptId: string, language: Language): { url: string; expiresAt: Date } {
    const expiresAt = new Date(this.clock.now().getTime() + LIFETIME);
    return { url: this.path({ tenantId, receiptId, language }, expiresAt.getTime()), expiresAt };
  }

  /**
   * The whole address to print on the receipt itself: it opens what its reader holds in hands, so that it has no end. Null
   * where nobody has told what the world calls this Plaza by.
   */
  addressOn(receipt: LinkedReceipt): string | null {
    return this.publicUrl === null ? null : `${this.publicUrl}${this.path(receipt, NEVER)}`;
  }

  /** What the end of a link's address opens; null for one that is not ours. */
  open(token: string): LinkedReceipt | 'EXPIRED' | null {
    const plain = this.unsealed(token);
    if (!plain) return null;
    const end = plain.readUIntBE(2 * ID_BYTES, INSTANT_BYTES);
    if (end <= this.clock.now().getTime()) return 'EXPIRED';
    return {
      tenantId: idOf(plain.subarray(0, ID_BYTES)),
      receiptId: idOf(plain.subarray(ID_BYTES, 2 * ID_BYTES)),
      language: plain.subarray(2 * ID_BYTES + INSTANT_BYTES).toString() as Language,
    };
  }

  private path({ tenantId, receiptId, language }: LinkedReceipt, until: number): string {
    const end = Buffer.alloc(INSTANT_BYTES);
    end.writeUIntBE(until, 0, INSTANT_BYTES);
    const plain = Buffer.concat([bytesOf(tenantId), bytesOf(receiptId), end, Buffer.from(language)]);
    return `${RECEIPTS_PATH}${this.secrets.encrypt(PURPOSE, plain).toString('base64url')}`;
  }

  private unsealed(token: string): Buffer | null {
    const sealed = Buffer.from(token, 'base64url');
    // the decoder passes over what it does not know, and over the last bits
    if (sealed.toString('base64url') !== token) return null;
    try {
      return this.secrets.decrypt(PURPOSE, sealed);
    } catch {
      return null;
    }
  }
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
