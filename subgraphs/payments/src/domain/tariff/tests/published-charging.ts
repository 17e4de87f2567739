import type { Stay } from '../charge.js';
import type { Item, TariffRules } from '../tariff-rules.js';
import type { Published } from './published-fees.js';
import { band, banded, daily, each, eur, HOUR, may, once, prorated } from './tariffs.js';

// OCPI 2.3.0, mod_tariffs: charging time is the stay of a tariff here, what is beside it an item
const item = (code: string, unit: string, price: number, taxPercent: number | null, step = 0): Item => ({
  code,
  name: code,
  unit,
  price,
  step,
  taxPercent,
});
const taxed = (percent: number) => ({ tax: { percent, included: false } });
const free = [each(HOUR, 0)];
const session = item('SESSION', 'piece', 50, 20, 1);
const energy = item('ENERGY', 'kWh', 25, 10, 0.001);
const kilowattHours = (quantity: number) => ({ code: 'ENERGY', quantity });
const sold = (...items: { code: string; quantity: number }[]): Partial<Stay> => ({ items });
const once1 = { code: 'SESSION', quantity: 1 };
const idle = (price: number, minutes: number, percent: number | null) =>
  item('IDLE', 'hour', price, percent, minutes / 60);
const reserved = (price: number, minutes: number) => item('RESERVED', 'hour', price, 20, minutes / 60);
const reserving = (minutes: number) => ({ code: 'RESERVED', quantity: minutes / 60 });
const idling = (minutes: number) => ({ code: 'IDLE', quantity: minutes / 60 });
const fees = { start: 0, minimum: 0, maximum: null, lostTicket: null, noShow: null };
const ev = (items: Item[], over: Partial<TariffRules> = {}) => eur(free, { items, ...taxed(10), ...over });
const charging = ev([session, energy]);

const stepped = banded(
  [
    band('To 17:00', [daily('00:00-17:00')], [prorated(HOUR, 120)]),
    band('From 17:00', [daily('17:00-24:00')], [prorated(HOUR, 240)]),
  ],
  { items: [idle(100, 15, null)] },
);

const OCPI: Published[] = [
  { id: 'ocpi-1', rules: eur([prorated(HOUR, 200)], taxed(10)), stay: 150, fee: 500, withTax: 550 },
  { id: 'ocpi-2', rules: eur([prorated(HOUR, 190)], taxed(5.2)), stay: 150, fee: 475, withTax: 500 },
  {
    id: 'ocpi-4a',
    rules: eur([each(15, 25)], {
      ...taxed(20),
      items: [item('SESSION', 'piece', 250, 15, 1), idle(500, 5, 10)],
    }),
    stay: 165,
    // with tax 10.30 there and 10.31 here: the tax of each rate is rounded before they are added
    fee: 900,
    beside: sold(once1, idling(42)),
  },
  { id: 'ocpi-5', rules: eur(free), stay: 300, fee: 0 },
  {
    // with tax 11.00 there, as the tariff says; here the maximum is stated without tax, and not of which rate
    id: 'ocpi-6a',
    rules: { ...charging, fees: { ...fees, maximum: 1000 } },
    stay: 60,
    fee: 1000,
    beside: sold(once1, kilowattHours(50)),
  },
  {
    id: 'ocpi-6b',
    rules: { ...charging, fees: { ...fees, maximum: 1000 } },
    stay: 60,
    fee: 800,
    withTax: 885,
    beside: sold(once1, kilowattHours(30)),
  },
  { id: 'ocpi-8', rules: ev([energy]), stay: 60, fee: 500, withTax: 550, beside: sold(kilowattHours(20)) },
  { id: 'ocpi-9', rules: charging, stay: 60, fee: 550, withTax: 610, beside: sold(once1, kilowattHours(20)) },
  {
    id: 'ocpi-10',
    rules: ev([session, energy, idle(200, 15, 20)]),
    stay: 60,
    fee: 700,
    withTax: 790,
    beside: sold(once1, kilowattHours(20), idling(40)),
  },
  {
    id: 'ocpi-12a',
    rules: ev([energy], { fees: { ...fees, minimum: 50 } }),
    stay: 60,
    fee: 500,
    withTax: 550,
    beside: sold(kilowattHours(20)),
  },
  {
    id: 'ocpi-12b',
    rules: ev([energy], { fees: { ...fees, minimum: 50 } }),
    stay: 60,
    fee: 50,
    withTax: 55,
    beside: sold(kilowattHours(1.2)),
  },
  {
    id: 'ocpi-13',
    rules: eur([prorated(HOUR, 300)], { ...taxed(10), items: [idle(500, 5, 20)] }),
    stay: 150,
    fee: 1125,
    withTax: 1275,
    beside: sold(idling(42)),
  },
  { id: 'ocpi-14a', rules: stepped, stay: 10, fee: 55, enteredAt: may(4, '16:55'), beside: sold(idling(2)) },
  // the 8 of its 20 minutes that lie before 20:00
  { id: 'ocpi-14c', rules: stepped, stay: 12, fee: 73, enteredAt: may(4, '19:40'), beside: sold(idling(8)) },
  {
    id: 'ocpi-15',
    rules: ev([session, energy, reserved(500, 1)]),
    stay: 60,
    fee: 675,
    withTax: 760,
    beside: sold(reserving(15), once1, kilowattHours(20)),
  },
  {
    id: 'ocpi-16',
    rules: ev([session, energy, reserved(500, 5), item('BOOKING', 'piece', 200, 20, 1)]),
    stay: 60,
    fee: 875,
    withTax: 1000,
    beside: sold({ code: 'BOOKING', quantity: 1 }, reserving(13), once1, kilowattHours(20)),
  },
  {
    id: 'ocpi-17a',
    rules: ev([session, energy, reserved(200, 10)]),
    stay: 60,
    fee: 650,
    withTax: 730,
    beside: sold(reserving(22), once1, kilowattHours(20)),
  },
  {
    id: 'ocpi-17b',
    rules: ev([reserved(200, 10), item('EXPIRED', 'piece', 400, 20, 1)]),
    stay: 0,
    fee: 600,
    withTax: 720,
    beside: sold(reserving(60), { code: 'EXPIRED', quantity: 1 }),
  },
  {
    id: 'ocpi-18a',
    rules: ev([session, energy, reserved(300, 10)]),
    stay: 60,
    fee: 700,
    withTax: 790,
    beside: sold(reserving(22), once1, kilowattHours(20)),
  },
  {
    id: 'ocpi-18b',
    rules: ev([reserved(600, 10)]),
    stay: 0,
    fee: 900,
    withTax: 1080,
    beside: sold(reserving(90)),
  },
  // a price for the time of 60.00 an hour makes the billed quantity visible: a minute costs 1.00
  {
    id: 'ocpi-step-1',
    rules: eur([prorated(1, 100)], { items: [idle(6000, 5, null)] }),
    stay: 21,
    fee: 2100 + 1000,
    beside: sold(idling(7)),
  },
  {
    id: 'ocpi-step-3',
    rules: eur([prorated(HOUR, 60)], { items: [idle(120, 10, null)] }),
    stay: 21,
    fee: 21 + 40,
    beside: sold(idling(16)),
  },
  {
    id: 'ocpi-step-8min',
    rules: eur(free, { items: [idle(6000, 5, null)] }),
    stay: 8,
    fee: 1000,
    beside: sold(idling(8)),
  },
  {
    id: 'ocpi-max_power',
    rules: ev([
      item('ENERGY_TO_16_KW', 'kWh', 20, 20, 0.001),
      item('ENERGY_FROM_32_KW', 'kWh', 50, 20, 0.001),
    ]),
    stay: 60,
    fee: 2030,
    beside: sold({ code: 'ENERGY_TO_16_KW', quantity: 1.5 }, { code: 'ENERGY_FROM_32_KW', quantity: 40 }),
  },
  {
    id: 'ocpi-max_duration',
    rules: ev([item('ENERGY_LATER', 'kWh', 25, 20, 0.001), item('ENERGY_FIRST', 'kWh', 0, 20, 0.001)]),
    stay: 40,
    fee: 30,
    beside: sold({ code: 'ENERGY_FIRST', quantity: 5 }, { code: 'ENERGY_LATER', quantity: 1.2 }),
  },
];

// github tandemdrive/ocpi-tariffs 0.6.1: charge records with expected totals
const TANDEMDRIVE: Published[] = [
  {
    id: 'tandemdrive simple_025kwh',
    rules: ev([energy]),
    stay: 60,
    fee: 500,
    withTax: 550,
    beside: sold(kilowattHours(20)),
  },
  {
    id: 'tandemdrive 025kwh_start',
    rules: charging,
    stay: 60,
    fee: 550,
    withTax: 610,
    beside: sold(once1, kilowattHours(20)),
  },
  {
    id: 'tandemdrive 025kwh_min_price cdr1',
    rules: ev([energy], { fees: { ...fees, minimum: 50 } }),
    stay: 60,
    fee: 500,
    withTax: 550,
    beside: sold(kilowattHours(20)),
  },
  {
    id: 'tandemdrive grace_period_parking_time',
    rules: eur([each(30, 0, 30), prorated(HOUR, 300)], { items: [energy], ...taxed(0) }),
    stay: 45,
    fee: 325,
    withTax: 350,
    beside: sold(kilowattHours(10)),
  },
  {
    id: 'tandemdrive step_size',
    rules: stepped,
    stay: 10,
    fee: 55,
    enteredAt: may(4, '16:55'),
    beside: sold(idling(2)),
  },
  {
    id: 'tandemdrive step_size_energy',
    rules: ev([item('ENERGY', 'kWh', 200, null, 5)], { tax: null }),
    stay: 12,
    fee: 3000,
    beside: sold(kilowattHours(12)),
  },
  {
    id: 'tandemdrive multiple_flat_fees',
    rules: eur([once(100)], taxed(0)),
    stay: 90,
    fee: 100,
    withTax: 100,
  },
  {
    id: 'tandemdrive simple_3hour_5parking',
    rules: eur([prorated(HOUR, 300)], { ...taxed(10), items: [idle(500, 5, 20)] }),
    stay: 150,
    fee: 1125,
    withTax: 1275,
    beside: sold(idling(42)),
  },
];

export const CHARGING: readonly Published[] = [...OCPI, ...TANDEMDRIVE];
