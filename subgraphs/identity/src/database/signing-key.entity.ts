import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { JWK } from 'jose';

export const SigningKey = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_key',
  properties: {
    kid: p.text().primary(),
    publicJwk: p.json<JWK>(),
    privateJwk: p.blob().$type<Buffer>(),
    createdAt: p.datetime(),
  },
});
/** A key pair that signs access tokens. */
export type SigningKeyRow = InferEntity<typeof SigningKey>;
