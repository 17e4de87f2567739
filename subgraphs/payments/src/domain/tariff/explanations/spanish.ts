import { numberIn } from './figures.js';
import type { Phrases } from './phrases.js';

const TAG = 'es';
const counted = (count: number, one: string, many: string) =>
  `${numberIn(TAG, count)} ${count === 1 ? one : many}`;
const named = (band: string | null) => (band === null ? '' : `${band}: `);

const CAPS = {
  STAY: () => 'máximo por estancia',
  HOURS_24: (count: number) => `${counted(count, 'día', 'días')} de 24 horas al máximo diario`,
  DAYS_7: (count: number) => `${counted(count, 'semana', 'semanas')} de 7 días al máximo semanal`,
  DAY: (count: number) => `${counted(count, 'día natural', 'días naturales')} al máximo diario`,
  WEEK: (count: number) => `${counted(count, 'semana natural', 'semanas naturales')} al máximo semanal`,
  BAND: (count: number) => `${count === 1 ? '' : `${count} veces `}el máximo de este horario`,
};

/** One and many of a unit, by its English name; what others are called in Spanish is not known. */
const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  piece: ['pieza', 'piezas'],
  minute: ['minuto', 'minutos'],
  hour: ['hora', 'horas'],
  day: ['día', 'días'],
  night: ['noche', 'noches'],
  litre: ['litro', 'litros'],
  kWh: ['kWh', 'kWh'],
  km: ['km', 'km'],
  kg: ['kg', 'kg'],
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const spanish: Phrases = {
  tag: TAG,
  duration(minutes) {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    const parts = [
      hours > 0 && counted(hours, 'hora', 'horas'),
      rest > 0 && counted(rest, 'minuto', 'minutos'),
    ];
    return parts.filter(Boolean).join(' ') || counted(0, 'minuto', 'minutos');
  },
  freeOnEntry: (duration) =>
    duration === null
      ? 'Todavía no hay nada que pagar.'
      : `Gratis si sale en un máximo de ${duration} desde la entrada.`,
  freeTime: (band) => `${named(band)}Gratuito en este horario.`,
  permit: () => 'Cubierto por el abono.',
  increments: (count, duration, price, band) =>
    `${named(band)}${counted(count, 'período iniciado', 'períodos iniciados')} de ${duration} a ${price}.`,
  time: (minutes, duration, price, band) =>
    `${named(band)}${spanish.duration(minutes)} a ${price} por ${duration}.`,
  flat: (price, band) => `${named(band)}Precio fijo de ${price}.`,
  coveredByFlat: (band) => `${named(band)}Incluido en el precio fijo ya cobrado.`,
  cap: (count, per, price, band) => capital(`${named(band)}${CAPS[per](count)} de ${price}.`),
  startFee: (price) => `Tarifa de inicio de ${price}.`,
  minimum: (difference) => `${difference} hasta el importe mínimo.`,
  maximum: (difference) => `${difference} menos, hasta el importe máximo.`,
  lostTicket: () => 'Tarifa por pérdida del tique.',
  noShow: () => 'Tarifa por reserva no utilizada.',
  overstay: (allowed, price) => `Estancia superior al máximo de ${allowed}: ${price}.`,
  overstayPeriods: (allowed, count, duration, price) => {
    const periods = counted(count, 'período iniciado', 'períodos iniciados');
    return `Estancia superior al máximo de ${allowed}: ${periods} de ${duration} a ${price}.`;
  },
  item(name, quantity, unit, price) {
    const [count, known] = [numberIn(TAG, quantity), UNITS[unit]];
    if (known === undefined) return `${name}: ${count} × ${price} por ${unit}.`;
    const [one, many] = known;
    return `${name}: ${count} ${quantity === 1 ? one : many} a ${price} por ${one}.`;
  },
  earlierPart: (price) =>
    price === null
      ? 'Continúa la parte anterior de esta estancia, que no costó nada.'
      : `Ya cobrado por la parte anterior de esta estancia: ${price}.`,
  discount: (name, off) => `${name}: ${off} menos.`,
  discountPercent: (name, percent, off) => `${name}: ${percent} de descuento, ${off} menos.`,
  discountTime: (name, duration, off) => `${name}: ${duration} gratis, ${off} menos.`,
  tax: (percent) => `Impuesto del ${percent}.`,
  rounding: () => 'Redondeo.',
  noTariff: () => 'Gratuito: no había tarifa cuando entró el vehículo.',
  void: () => 'El tique está anulado: no se cobra nada.',
};
