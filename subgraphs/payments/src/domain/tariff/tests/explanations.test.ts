import type { ChargeLine } from '../charge-line.js';
import { explain } from '../explanations/explain.js';
import { CHARGE_RULES } from '../charge-line.js';

const line = (over: Partial<ChargeLine>): ChargeLine => ({
  rule: 'INCREMENT',
  name: null,
  from: new Date(0),
  to: new Date(0),
  quantity: 1,
  unit: null,
  unitPrice: 0,
  amount: 0,
  taxPercent: null,
  ...over,
});

const SAID: [Partial<ChargeLine>, english: string, spanish: string][] = [
  [
    { rule: 'INCREMENT', name: 'Day', quantity: 2, unit: { minutes: 90 }, unitPrice: 250 },
    'Day: 2 started periods of 1 hour 30 minutes at €2.50.',
    'Day: 2 períodos iniciados de 1 hora 30 minutos a 2,50 €.',
  ],
  [
    { rule: 'INCREMENT', quantity: 1, unit: { minutes: 1 }, unitPrice: 5 },
    '1 started period of 1 minute at €0.05.',
    '1 período iniciado de 1 minuto a 0,05 €.',
  ],
  [
    { rule: 'TIME', name: 'Night', quantity: 2.5, unit: { minutes: 60 }, unitPrice: 180 },
    'Night: 2 hours 30 minutes at €1.80 for 1 hour.',
    'Night: 2 horas 30 minutos a 1,80 € por 1 hora.',
  ],
  [
    { rule: 'FLAT', name: 'Early bird', unitPrice: 1200 },
    'Early bird: Flat price of €12.00.',
    'Early bird: Precio fijo de 12,00 €.',
  ],
  [
    { rule: 'FLAT', name: 'Early bird', quantity: 0, unitPrice: 1200 },
    'Early bird: Covered by the flat price charged before.',
    'Early bird: Incluido en el precio fijo ya cobrado.',
  ],
  [
    { rule: 'CAP', quantity: 2, unit: { per: 'HOURS_24' }, unitPrice: 900 },
    '2 days of 24 hours at the daily maximum of €9.00.',
    '2 días de 24 horas al máximo diario de 9,00 €.',
  ],
  [
    { rule: 'CAP', quantity: 1, unit: { per: 'DAYS_7' }, unitPrice: 900 },
    '1 week of 7 days at the weekly maximum of €9.00.',
    '1 semana de 7 días al máximo semanal de 9,00 €.',
  ],
  [
    { rule: 'CAP', quantity: 1, unit: { per: 'DAY' }, unitPrice: 900 },
    '1 calendar day at the daily maximum of €9.00.',
    '1 día natural al máximo diario de 9,00 €.',
  ],
  [
    { rule: 'CAP', quantity: 2, unit: { per: 'WEEK' }, unitPrice: 900 },
    '2 calendar weeks at the weekly maximum of €9.00.',
    '2 semanas naturales al máximo semanal de 9,00 €.',
  ],
  [
    { rule: 'CAP', name: 'Night', quantity: 2, unit: { per: 'BAND' }, unitPrice: 500 },
    'Night: 2 times the maximum for these hours of €5.00.',
    'Night: 2 veces el máximo de este horario de 5,00 €.',
  ],
  [
    { rule: 'CAP', unit: { per: 'STAY' }, unitPrice: 900 },
    'The maximum for a stay of €9.00.',
    'Máximo por estancia de 9,00 €.',
  ],
  [{ rule: 'FREE_TIME' }, 'Free of charge at this time.', 'Gratuito en este horario.'],
  [
    { rule: 'FREE_TIME', unit: { minutes: 10 } },
    'Free when you leave within 10 minutes of entering.',
    'Gratis si sale en un máximo de 10 minutos desde la entrada.',
  ],
  [{ rule: 'FREE_TIME', unit: { minutes: 0 } }, 'Nothing to pay yet.', 'Todavía no hay nada que pagar.'],
  [{ rule: 'PERMIT' }, 'Covered by the permit.', 'Cubierto por el abono.'],
  [{ rule: 'START_FEE', unitPrice: 50 }, 'Start fee of €0.50.', 'Tarifa de inicio de 0,50 €.'],
  [{ rule: 'MINIMUM', amount: 50 }, '€0.50 up to the minimum charge.', '0,50 € hasta el importe mínimo.'],
  [
    { rule: 'MAXIMUM', amount: -150 },
    '€1.50 less, down to the maximum charge.',
    '1,50 € menos, hasta el importe máximo.',
  ],
  [{ rule: 'LOST_TICKET' }, 'Fee for a lost ticket.', 'Tarifa por pérdida del tique.'],
  [{ rule: 'NO_SHOW' }, 'Fee for a booking that was not used.', 'Tarifa por reserva no utilizada.'],
  [
    { rule: 'OVERSTAY', unit: { minutes: 120 }, amount: 2000 },
    'Longer than the maximum stay of 2 hours: €20.00.',
    'Estancia superior al máximo de 2 horas: 20,00 €.',
  ],
  [
    { rule: 'OVERSTAY', quantity: 3, unit: { minutes: 60, beyond: 120 }, unitPrice: 2000, amount: 6000 },
    'Longer than the maximum stay of 2 hours: 3 started periods of 1 hour at €20.00.',
    'Estancia superior al máximo de 2 horas: 3 períodos iniciados de 1 hora a 20,00 €.',
  ],
  [
    { rule: 'ITEM', name: 'Wash', quantity: 2, unit: { item: 'piece' }, unitPrice: 900 },
    'Wash: 2 pieces at €9.00 per piece.',
    'Wash: 2 piezas a 9,00 € por pieza.',
  ],
  [
    { rule: 'ITEM', name: 'Wash', quantity: 1, unit: { item: 'piece' }, unitPrice: 900 },
    'Wash: 1 piece at €9.00 per piece.',
    'Wash: 1 pieza a 9,00 € por pieza.',
  ],
  [
    { rule: 'ITEM', name: 'Aceite', quantity: 2, unit: { item: 'botella' }, unitPrice: 123450 },
    'Aceite: 2 × €1,234.50 per botella.',
    'Aceite: 2 × 1234,50 € por botella.',
  ],
  [
    { rule: 'ITEM', name: 'Energy', quantity: 12.4, unit: { item: 'kWh' }, unitPrice: 45 },
    'Energy: 12.4 kWh at €0.45 per kWh.',
    'Energy: 12,4 kWh a 0,45 € por kWh.',
  ],
  [
    { rule: 'EARLIER_PART', amount: -250 },
    'Already charged for the earlier part of this stay: €2.50.',
    'Ya cobrado por la parte anterior de esta estancia: 2,50 €.',
  ],
  [
    { rule: 'EARLIER_PART', amount: 0 },
    'Goes on from the earlier part of this stay, which cost nothing.',
    'Continúa la parte anterior de esta estancia, que no costó nada.',
  ],
  [{ rule: 'DISCOUNT', name: 'Cine', amount: -150 }, 'Cine: €1.50 less.', 'Cine: 1,50 € menos.'],
  [
    { rule: 'DISCOUNT', name: 'Cine', unit: { percent: 12.5 }, amount: -150 },
    'Cine: 12.5% off, €1.50 less.',
    'Cine: 12,5 % de descuento, 1,50 € menos.',
  ],
  [
    { rule: 'DISCOUNT', name: 'Cine', unit: { minutes: 90 }, amount: -150 },
    'Cine: 1 hour 30 minutes free of charge, €1.50 less.',
    'Cine: 1 hora 30 minutos gratis, 1,50 € menos.',
  ],
  [{ rule: 'TAX', taxPercent: 7.7 }, 'Tax of 7.7%.', 'Impuesto del 7,7 %.'],
  [{ rule: 'ROUNDING' }, 'Rounding.', 'Redondeo.'],
  [
    { rule: 'NO_TARIFF' },
    'Free of charge: the location had no tariff when the vehicle entered.',
    'Gratuito: no había tarifa cuando entró el vehículo.',
  ],
  [{ rule: 'VOID' }, 'The ticket is void: nothing is charged.', 'El tique está anulado: no se cobra nada.'],
];

/** Figures are held together by spaces that break no line. */
const said = (...told: Parameters<typeof explain>) => explain(...told).replaceAll('\u00a0', ' ');

test.each(SAID)('%j is said in English and in Spanish', (over, english, spanish) => {
  expect(said(line(over), 'EUR')).toBe(english);
  expect(said(line(over), 'EUR', 'EN')).toBe(english);
  expect(said(line(over), 'EUR', 'ES')).toBe(spanish);
});

test('every rule has its sentence here', () => {
  expect(new Set(SAID.map(([{ rule }]) => rule))).toEqual(new Set(CHARGE_RULES));
});

test.each([
  ['JPY', 'Start fee of ¥150.'],
  ['EUR', 'Start fee of €1.50.'],
  ['KWD', 'Start fee of KWD 0.150.'],
])('money has the decimals of its currency: %s', (currency, sentence) => {
  expect(said(line({ rule: 'START_FEE', unitPrice: 150 }), currency)).toBe(sentence);
});

test('the price and its sign stay on one line', () => {
  expect(explain(line({ rule: 'START_FEE', unitPrice: 150 }), 'EUR', 'ES')).toContain('1,50\u00a0€');
});
