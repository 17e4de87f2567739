import {
  currency,
  EXAMPLE_LOCATION,
  EXAMPLE_TICKET,
  id,
  instant,
  money,
  nullable,
  payload,
  shaped,
  text,
  words,
} from './catalogue-schema.js';

const payment = {
  paymentId: id('The payment.'),
  ticketId: id('The ticket that is paid.'),
  locationId: id('The location.'),
  method: words('How it is paid.', 'CASH', 'CARD', 'DIGITAL'),
  amount: money('The amount.'),
  currencyCode: currency('The currency, ISO 4217.'),
};
const paymentExample = {
  paymentId: '0198c0de-0000-7000-8000-000000000004',
  ticketId: EXAMPLE_TICKET,
  locationId: EXAMPLE_LOCATION,
  method: 'CARD',
  amount: '4.50',
  currencyCode: 'EUR',
};

const cashShift = {
  cashShiftId: id('The shift.'),
  locationId: id('The location of the drawer.'),
  currencyCode: currency('The currency, ISO 4217.'),
  float: money('What lay in the drawer when it was opened.'),
};
const cashShiftExample = {
  cashShiftId: '0198c0de-0000-7000-8000-00000000000b',
  locationId: EXAMPLE_LOCATION,
  currencyCode: 'EUR',
  float: '100.00',
};

const item = {
  ticketId: id('The ticket.'),
  locationId: id('The location.'),
  itemId: id('The item on the ticket.'),
  itemCode: text('The code that the tariff has for it.'),
  name: text('What the tariff calls it.'),
  unit: text('What the quantity counts.'),
  quantity: shaped('How much, a decimal.', '^\\d+(\\.\\d+)?$'),
};
const itemExample = {
  ticketId: EXAMPLE_TICKET,
  locationId: EXAMPLE_LOCATION,
  itemId: '0198c0de-0000-7000-8000-00000000000e',
  itemCode: 'EV_ENERGY',
  name: 'Energy',
  unit: 'kWh',
  quantity: '12.4',
};

const permit = {
  permitId: id('The permit.'),
  locationId: id('Where it counts.'),
  plate: shaped(
    'The plate of the vehicle, in capitals without blanks or hyphens.',
    '^[\\p{L}\\p{M}\\p{Nd}]{1,16}$',
  ),
  validFrom: instant('It covers stays that begin then or later.'),
  validTo: nullable(instant('It covers stays that begin before.')),
};
const permitExample = {
  permitId: '0198c0de-0000-7000-8000-00000000000f',
  locationId: EXAMPLE_LOCATION,
  plate: 'BPL1234',
  validFrom: '2026-12-01T00:00:00.000Z',
  validTo: null,
};

/** What each type of event about money tells, by its name. */
export const MONEY_DEFINITIONS = {
  'ticket.validated': payload(
    'A merchant took something off the price of a stay.',
    {
      ticketId: id('The ticket.'),
      locationId: id('The location.'),
      validationId: id('The validation.'),
      merchantId: id('The merchant.'),
      merchantName: text('Its name, as the driver is told it.'),
      kind: words('What is taken off.', 'PERCENT', 'AMOUNT', 'FREE_TIME'),
      value: shaped('Percent, an amount, or minutes.', '^\\d+(\\.\\d+)?$'),
    },
    {
      ticketId: EXAMPLE_TICKET,
      locationId: EXAMPLE_LOCATION,
      validationId: '0198c0de-0000-7000-8000-00000000000c',
      merchantId: '0198c0de-0000-7000-8000-00000000000d',
      merchantName: 'Cine Capitol',
      kind: 'FREE_TIME',
      value: '120',
    },
  ),
  'ticket.item_added': payload('Something was bought on a ticket beside its time.', item, itemExample),
  'ticket.item_removed': payload('What was added by mistake was taken out again.', item, itemExample),
  'permit.granted': payload(
    'The stays of a vehicle cost nothing in the hours of a permit.',
    permit,
    permitExample,
  ),
  'permit.revoked': payload('A permit covers no stay that begins from now on.', permit, permitExample),
  'payment.succeeded': payload('A payment was taken.', payment, paymentExample),
  'payment.declined': payload(
    'The payment provider declined a payment; nothing was taken.',
    {
      ...payment,
      reason: words(
        'Why the provider took nothing.',
        'INSUFFICIENT_FUNDS',
        'EXPIRED_CARD',
        'REFUSED',
        'UNKNOWN_TOKEN',
        'LOST_OR_STOLEN_CARD',
        'LIMIT_EXCEEDED',
        'WRONG_SECURITY_CODE',
        'NOT_AUTHENTICATED',
        'CANCELLED',
      ),
    },
    { ...paymentExample, reason: 'INSUFFICIENT_FUNDS' },
  ),
  'payment.refunded': payload('A payment was given back, whole or in part.', payment, paymentExample),
  'payment.disputed': payload(
    'A payer asked the bank for the money of a payment back.',
    { ...payment, reason: text('What the payer claims, in the words of the provider.') },
    { ...paymentExample, reason: 'The card holder does not recognize the payment.' },
  ),
  'payment.dispute_closed': payload(
    'The bank decided a dispute. When it is LOST, payment.refunded tells what the payer got.',
    { ...payment, status: words('How: WON, the money stays; LOST, the payer got it.', 'WON', 'LOST') },
    { ...paymentExample, status: 'WON' },
  ),
  'merchant.paid': payload(
    'A merchant paid some of what it owes for validations.',
    {
      merchantPaymentId: id('The payment.'),
      merchantId: id('The merchant.'),
      merchantName: text('Its name.'),
      locationId: id('Its location.'),
      method: words('How it paid.', 'CASH', 'BANK_TRANSFER'),
      amount: money('How much.'),
      currencyCode: currency('The currency, ISO 4217.'),
      reference: nullable(text('What the bank or the merchant calls it.')),
    },
    {
      merchantPaymentId: '0198c0de-0000-7000-8000-000000000010',
      merchantId: '0198c0de-0000-7000-8000-00000000000d',
      merchantName: 'Cine Capitol',
      locationId: EXAMPLE_LOCATION,
      method: 'BANK_TRANSFER',
      amount: '120.00',
      currencyCode: 'EUR',
      reference: 'INV-2026-031',
    },
  ),
  'cash_shift.opened': payload('A shift of a cash drawer began.', cashShift, cashShiftExample),
  'cash_shift.closed': payload(
    'A shift of a cash drawer ended and its cash was counted.',
    {
      ...cashShift,
      counted: money('What was counted.'),
      expected: money('What the drawer should have held.'),
      difference: money('Counted less expected; negative where money is missing.'),
    },
    { ...cashShiftExample, counted: '311.50', expected: '312.00', difference: '-0.50' },
  ),
};
