import type { Transaction } from '@plaza/platform/database/transaction';
import { newId } from '@plaza/platform/ids';
import type { Secrets } from '@plaza/platform/secrets';
import { insertSecret } from '../database/webhook-endpoint.queries.js';
import { SigningSecret } from '../domain/signing-secret.js';

const PURPOSE = 'webhook signing secret';

/** Writes an endpoint's new current secret, sealed, and returns what was written. */
export async function keepSecret(
  { secrets }: { secrets: Secrets },
  tx: Transaction,
  endpointId: string,
  secret: SigningSecret,
  createdAt: Date,
): Promise<Buffer> {
  const sealed = secrets.encrypt(PURPOSE, secret.toBytes());
  await insertSecret(tx, { id: newId(), endpointId, sealed, publicKey: secret.publicKey, createdAt });
  return sealed;
}

/** Opens a sealed secret. Throws when it was sealed with another deployment's secret. */
export const openSecret = (secrets: Secrets, sealed: Buffer): SigningSecret =>
  SigningSecret.fromBytes(secrets.decrypt(PURPOSE, sealed));
