import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

export const Location = defineEntity({
  name: 'Location',
  tableName: 'location',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    timeZone: p.text(),
    currencyCode: p.text(),
    street: p.text().strictNullable(),
    postalCode: p.text().strictNullable(),
    city: p.text().strictNullable(),
    countryCode: p.text().strictNullable(),
    latitude: p.float().strictNullable(),
    longitude: p.float().strictNullable(),
  },
});
/** A place with spaces: a car park, a floor of desks, a restaurant. */
export type LocationRow = InferEntity<typeof Location>;
