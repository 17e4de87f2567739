import { defineEntity, p } from '@mikro-orm/core';
import { CLAIM_KINDS } from '../domain/space-kind.js';

/** A space, held for a period. The database allows a space one claim at a time. */
export const Claim = defineEntity({
  name: 'Claim',
  tableName: 'claim',
  properties: {
    id: p.uuid().primary(),
    locationId: p.uuid(),
    spaceId: p.uuid(),
    kind: p.enum(CLAIM_KINDS),
    /** What holds the space: the ticket of a STAY. */
    reference: p.uuid().strictNullable(),
    /** Why a BLOCK takes it out of service. */
    reason: p.text().strictNullable(),
    beginsAt: p.datetime(),
    /** 'infinity' while nobody knows. */
    endsAt: p.datetime(),
  },
});

/** Whether and when a space can be claimed next: kept by trigger, to find and to lock a free one. */
export const Vacancy = defineEntity({
  name: 'Vacancy',
  tableName: 'vacancy',
  properties: {
    spaceId: p.uuid().primary(),
    locationId: p.uuid(),
    kind: p.text(),
    freeFrom: p.datetime(),
  },
});
