import { defineEntity, p } from '@mikro-orm/core';

/** The answer to a command with a key, as its first caller got it. */
export const KeptAnswer = defineEntity({
  name: 'KeptAnswer',
  tableName: 'kept_answer',
  properties: {
    tenantId: p.uuid(),
    /** SHA-256 of who asked and what: viewer, document, operation name and variables. */
    fingerprint: p.blob().primary(),
    /** The data of the answer, as JSON text: jsonb would not keep the order of its fields. */
    answer: p.text(),
    createdAt: p.datetime(),
  },
});
