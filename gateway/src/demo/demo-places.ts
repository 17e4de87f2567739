/** The organization that the demo shows; everybody can see that none of it is real. */
export const DEMO_ORGANIZATION = 'Plaza Demo';

/** Known to everybody, so they only exist where nothing real does: the demo refuses to load in production. */
export const DEMO_LOGINS = [
  { role: 'Owner', name: 'Olivia Owner', email: 'owner@demo.plaza', password: 'plaza-demo-owner' },
  { role: 'Operator', name: 'Oscar Operator', email: 'operator@demo.plaza', password: 'plaza-demo-operator' },
] as const;

interface DemoPlace {
  location: object;
  tariff: { currencyCode: string; price: string; dailyCap: string; freeMinutes: number };
  /** Plates of vehicles that are inside, and for how many minutes they have been. */
  inside: [plate: string, minutes: number][];
}

export const DEMO_PLACES: readonly DemoPlace[] = [
  {
    location: {
      name: 'Demo Central Car Park',
      timeZone: 'Europe/Madrid',
      currencyCode: 'EUR',
      address: { street: 'Calle Mayor 1', postalCode: '28013', city: 'Madrid', countryCode: 'ES' },
      coordinates: { latitude: 40.4155, longitude: -3.7074 },
      spaces: [
        { zone: 'Level 1', prefix: 'A-', count: 40, digits: 3, kind: 'CAR' },
        { zone: 'Level 1', prefix: 'H-', count: 4, digits: 2, kind: 'ACCESSIBLE' },
        { zone: 'Level 2', prefix: 'E-', count: 8, digits: 2, kind: 'EV', features: ['charger-22kw'] },
        { zone: 'Level 2', prefix: 'M-', count: 10, digits: 2, kind: 'MOTORCYCLE' },
      ],
    },
    tariff: { currencyCode: 'EUR', price: '1.80', dailyCap: '18.00', freeMinutes: 10 },
    inside: [
      ['1234 BBC', 215],
      ['5678 DFG', 95],
      ['9012 HJK', 42],
      ['3456 LMN', 6],
    ],
  },
  {
    location: {
      name: 'Demo Airport Long Stay',
      timeZone: 'Europe/London',
      currencyCode: 'GBP',
      address: { city: 'London', countryCode: 'GB' },
      coordinates: { latitude: 51.47, longitude: -0.4543 },
      spaces: [{ zone: 'Field', prefix: 'L', count: 250, digits: 3, kind: 'CAR' }],
    },
    tariff: { currencyCode: 'GBP', price: '3.00', dailyCap: '24.00', freeMinutes: 0 },
    inside: [
      ['LD16 XYZ', 2900],
      ['BX19 KLM', 1500],
    ],
  },
];
