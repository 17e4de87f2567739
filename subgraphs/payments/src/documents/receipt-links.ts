import type { Clock } from '@plaza/platform/clock';
import type { Secrets } from '@plaza/platform/secrets';
import type { Viewer } from '@plaza/platform/viewer';
import type { Language } from '../domain/tariff/explanations/explain.js';

const PURPOSE = 'receipt link';
const LIFETIME = 15 * 60_000;
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

/** Addresses that open one receipt for a quarter of an hour, whoever has them; nobody else can make or change one. */
export class ReceiptLinks {
  constructor(
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** The viewer must have been shown the receipt. */
  linkTo({ tenantId }: Viewer, receiptId: string, language: Language): { url: string; expiresAt: Date } {
    const expiresAt = new Date(this.clock.now().getTime() + LIFETIME);
    const end = Buffer.alloc(INSTANT_BYTES);
    end.writeUIntBE(expiresAt.getTime(), 0, INSTANT_BYTES);
    const plain = Buffer.concat([bytesOf(tenantId), bytesOf(receiptId), end, Buffer.from(language)]);
    return {
      url: `${RECEIPTS_PATH}${this.secrets.encrypt(PURPOSE, plain).toString('base64url')}`,
      expiresAt,
    };
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

  private unsealed(token: string): Buffer | null {
    try {
      return this.secrets.decrypt(PURPOSE, Buffer.from(token, 'base64url'));
    } catch {
      return null;
    }
  }
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
