import { defineEntity, p } from '@mikro-orm/core';

/** Wrong passwords counted for one e-mail address. */
export const SignInAttempt = defineEntity({
  name: 'SignInAttempt',
  tableName: 'sign_in_attempt',
  properties: {
    emailHash: p.blob().$type<Buffer>().primary(),
    failures: p.integer(),
    windowEndsAt: p.datetime(),
  },
});
