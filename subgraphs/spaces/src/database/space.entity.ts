import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { SPACE_KINDS } from '../domain/space-kind.js';

export const Zone = defineEntity({
  name: 'Zone',
  tableName: 'zone',
  properties: {
    id: p.uuid().primary(),
    locationId: p.uuid(),
    name: p.text(),
  },
});
/** A named part of a location. */
export type ZoneRow = InferEntity<typeof Zone>;

export const Space = defineEntity({
  name: 'Space',
  tableName: 'space',
  properties: {
    id: p.uuid().primary(),
    locationId: p.uuid(),
    zoneId: p.uuid().strictNullable(),
    number: p.text(),
    kind: p.enum(SPACE_KINDS),
    features: p.json<string[]>().columnType('text[]'),
  },
});
/** What can be claimed by one at a time. */
export type SpaceRow = InferEntity<typeof Space>;
