import { isCurrencyCode } from '@plaza/platform/money';
import { z } from 'zod';

// The Tariff object of OCPI 2.2.1 and 2.3.0, where they differ both: prices excl_vat/incl_vat or before/after_taxes.
const MOST_ELEMENTS = 200;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day such as "13:30".');
const count = z.number().min(0, 'Cannot be negative.');

const price = z
  .looseObject({
    excl_vat: count.optional(),
    incl_vat: count.optional(),
    before_taxes: count.optional(),
    after_taxes: count.optional(),
  })
  .refine(
    (one) => one.excl_vat !== undefined || one.before_taxes !== undefined,
    'Gives no amount before taxes.',
  );

const restrictions = z.looseObject({
  start_time: timeOfDay.nullish(),
  end_time: timeOfDay.nullish(),
  day_of_week: z
    .array(z.enum(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']))
    .nullish(),
  min_duration: count.nullish(),
  max_duration: count.nullish(),
  reservation: z.enum(['RESERVATION', 'RESERVATION_EXPIRES']).nullish(),
});

const component = z.looseObject({
  type: z.enum(['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME']),
  price: count,
  vat: z.number().min(0).max(100).nullish(),
  step_size: z.int().min(0),
});

const element = z.looseObject({
  price_components: z.array(component).min(1, 'An element has at least one price component.').max(20),
  restrictions: restrictions.nullish(),
});

export const ocpiTariff = z.looseObject({
  id: z.string().min(1).max(36),
  currency: z.string().refine(isCurrencyCode, 'Not an ISO 4217 code.'),
  tariff_alt_text: z.array(z.looseObject({ language: z.string(), text: z.string() })).nullish(),
  min_price: price.nullish(),
  max_price: price.nullish(),
  tax_included: z.enum(['YES', 'NO', 'N/A']).nullish(),
  start_date_time: z.iso.datetime({ offset: true, local: true }).nullish(),
  elements: z
    .array(element)
    .min(1, 'A tariff has at least one element.')
    .max(MOST_ELEMENTS, `At most ${MOST_ELEMENTS} elements.`),
});

export type OcpiTariff = z.infer<typeof ocpiTariff>;
export type OcpiPrice = z.infer<typeof price>;
export type OcpiRestrictions = z.infer<typeof restrictions>;
export type OcpiDimension = z.infer<typeof component>['type'];
