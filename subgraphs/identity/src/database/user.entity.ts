import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

export const User = defineEntity({
  name: 'User',
  tableName: 'user',
  properties: {
    id: p.uuid().primary(),
    email: p.text().unique('user_email_key'),
    name: p.text(),
    createdAt: p.datetime(),
  },
});
/** A person who signs in; the same one in every organization. */
export type UserRow = InferEntity<typeof User>;

/** The argon2id hash of a user's password, apart from what colleagues may see. */
export const Password = defineEntity({
  name: 'Password',
  tableName: 'password',
  properties: {
    userId: p.uuid().primary(),
    hash: p.text(),
    changedAt: p.datetime(),
  },
});
