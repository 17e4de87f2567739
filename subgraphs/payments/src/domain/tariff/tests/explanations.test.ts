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
    'Day: 2 started periods of 1 hour 30 minutes at EUR 2.50.',
    'Day: 2 períodos iniciados de 1 hora 30 minutos a EUR 2.50.',
  ],
  [
    { rule: 'INCREMENT', quantity: 1, unit: { minutes: 1 }, unitPrice: 5 },
    '1 started period of 1 minute at EUR 0.05.',
    '1 período iniciado de 1 minuto a EUR 0.05.',
  ],
  [
    { rule: 'TIME', name: 'Night', quantity: 2.5, unit: { minutes: 60 }, unitPrice: 180 },
    'Night: 2 hours 30 minutes at EUR 1.80 for 1 hour.',
    'Night: 2 horas 30 minutos a EUR 1.80 por 1 hora.',
  ],
  [
    { rule: 'FLAT', name: 'Early bird', unitPrice: 1200 },
    'Early bird: Flat price of EUR 12.00.',
    'Early bird: Precio fijo de EUR 12.00.',
  ],
  [
    { rule: 'CAP', quantity: 2, unit: { per: 'HOURS_24' }, unitPrice: 900 },
    '2 days of 24 hours at the daily maximum of EUR 9.00.',
    '2 días de 24 horas al máximo diario de EUR 9.00.',
  ],
  [
    { rule: 'CAP', quantity: 1, unit: { per: 'DAYS_7' }, unitPrice: 900 },
    '1 week of 7 days at the weekly maximum of EUR 9.00.',
    '1 semana de 7 días al máximo semanal de EUR 9.00.',
  ],
  [
    { rule: 'CAP', quantity: 1, unit: { per: 'DAY' }, unitPrice: 900 },
    '1 calendar day at the daily maximum of EUR 9.00.',
    '1 día natural al máximo diario de EUR 9.00.',
  ],
  [
    { rule: 'CAP', quantity: 2, unit: { per: 'WEEK' }, unitPrice: 900 },
    '2 calendar weeks at the weekly maximum of EUR 9.00.',
    '2 semanas naturales al máximo semanal de EUR 9.00.',
  ],
  [
    { rule: 'CAP', name: 'Night', quantity: 2, unit: { per: 'BAND' }, unitPrice: 500 },
    'Night: 2 times the maximum for these hours of EUR 5.00.',
    'Night: 2 veces el máximo de este horario de EUR 5.00.',
  ],
  [
    { rule: 'CAP', unit: { per: 'STAY' }, unitPrice: 900 },
    'The maximum for a stay of EUR 9.00.',
    'Máximo por estancia de EUR 9.00.',
  ],
  [{ rule: 'FREE_TIME' }, 'Free of charge at this time.', 'Gratuito en este horario.'],
  [
    { rule: 'FREE_TIME', unit: { minutes: 10 } },
    'Free when you leave within 10 minutes of entering.',
    'Gratis si sale antes de 10 minutos desde la entrada.',
  ],
  [{ rule: 'FREE_TIME', unit: { minutes: 0 } }, 'Nothing to pay yet.', 'Todavía no hay nada que pagar.'],
  [{ rule: 'PERMIT' }, 'Covered by the permit.', 'Cubierto por el abono.'],
  [{ rule: 'START_FEE', unitPrice: 50 }, 'Start fee of EUR 0.50.', 'Tarifa de inicio de EUR 0.50.'],
  [
    { rule: 'MINIMUM', amount: 50 },
    'EUR 0.50 up to the minimum charge.',
    'EUR 0.50 hasta el importe mínimo.',
  ],
  [
    { rule: 'MAXIMUM', amount: -150 },
    'EUR 1.50 less, down to the maximum charge.',
    'EUR 1.50 menos, hasta el importe máximo.',
  ],
  [{ rule: 'LOST_TICKET' }, 'Fee for a lost ticket.', 'Tarifa por pérdida del tique.'],
  [{ rule: 'NO_SHOW' }, 'Fee for a booking that was not used.', 'Tarifa por reserva no utilizada.'],
  [
    { rule: 'OVERSTAY', unit: { minutes: 120 }, amount: 2000 },
    'Longer than the maximum stay of 2 hours: EUR 20.00.',
    'Estancia superior al máximo de 2 horas: EUR 20.00.',
  ],
  [
    { rule: 'ITEM', name: 'Energy', quantity: 12.4, unit: { item: 'kWh' }, unitPrice: 45 },
    'Energy: 12.4 kWh at EUR 0.45.',
    'Energy: 12.4 kWh a EUR 0.45.',
  ],
  [
    { rule: 'EARLIER_PART', amount: -250 },
    'Already charged for the earlier part of this stay: EUR 2.50.',
    'Ya cobrado por la parte anterior de esta estancia: EUR 2.50.',
  ],
  [
    { rule: 'EARLIER_PART', amount: 0 },
    'Goes on from the earlier part of this stay, which cost nothing.',
    'Continúa la parte anterior de esta estancia, que no costó nada.',
  ],
  [{ rule: 'DISCOUNT', name: 'Cinema' }, 'Cinema.', 'Cinema.'],
  [{ rule: 'TAX', taxPercent: 7.7 }, 'Tax of 7.7 %.', 'Impuesto del 7.7 %.'],
  [{ rule: 'ROUNDING' }, 'Rounding.', 'Redondeo.'],
  [
    { rule: 'NO_TARIFF' },
    'Free of charge: the location had no tariff when the vehicle entered.',
    'Gratuito: no había tarifa cuando entró el vehículo.',
  ],
  [{ rule: 'VOID' }, 'The ticket is void: nothing is charged.', 'El tique está anulado: no se cobra nada.'],
];

test.each(SAID)('%j is said in English and in Spanish', (over, english, spanish) => {
  expect(explain(line(over), 'EUR')).toBe(english);
  expect(explain(line(over), 'EUR', 'EN')).toBe(english);
  expect(explain(line(over), 'EUR', 'ES')).toBe(spanish);
});

test('every rule has its sentence here', () => {
  expect(new Set(SAID.map(([{ rule }]) => rule))).toEqual(new Set(CHARGE_RULES));
});

test.each([
  ['JPY', 'Start fee of JPY 150.'],
  ['EUR', 'Start fee of EUR 1.50.'],
  ['KWD', 'Start fee of KWD 0.150.'],
])('money has the decimals of its currency: %s', (currency, said) => {
  expect(explain(line({ rule: 'START_FEE', unitPrice: 150 }), currency)).toBe(said);
});
