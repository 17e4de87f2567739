import { badUserInput } from '@plaza/platform/errors';
import { isCurrencyCode } from '@plaza/platform/money';
import { canonicalTimeZone } from '@plaza/platform/time-zone';

export interface Address {
  street?: string | null;
  postalCode?: string | null;
  city?: string | null;
  /** ISO 3166-1 alpha-2. */
  countryCode?: string | null;
}

export interface Coordinates {
  /** Degrees north, -90 to 90. */
  latitude: number;
  /** Degrees east, -180 to 180. */
  longitude: number;
}

/** What describes a location. */
export interface LocationProfile {
  name: string;
  /** An IANA time zone, such as "Europe/London". */
  timeZone: string;
  /** ISO 4217. */
  currencyCode: string;
  address?: Address | null;
  coordinates?: Coordinates | null;
}

const LONGEST: Record<'street' | 'postalCode' | 'city', number> = { street: 200, postalCode: 20, city: 100 };

/** The same profile with its text trimmed and its time zone in its own spelling. Throws BAD_USER_INPUT that names the first field that is wrong. */
export function validProfile(profile: LocationProfile): LocationProfile {
  const name = profile.name.trim();
  if (name.length < 1 || name.length > 200) throw badUserInput('name', 'A name has 1 to 200 characters.');
  const timeZone = canonicalTimeZone(profile.timeZone);
  if (timeZone === null) {
    throw badUserInput('timeZone', 'A time zone is an IANA name such as "Europe/London".');
  }
  if (!isCurrencyCode(profile.currencyCode)) {
    throw badUserInput('currencyCode', 'A currency is an ISO 4217 code such as "EUR".');
  }
  if (profile.coordinates) checkCoordinates(profile.coordinates, 'coordinates');
  return { ...profile, name, timeZone, address: profile.address ? validAddress(profile.address) : null };
}

/** Throws BAD_USER_INPUT for a point that is not on the globe. */
export function checkCoordinates({ latitude, longitude }: Coordinates, field: string): void {
  if (!(Math.abs(latitude) <= 90))
    throw badUserInput(`${field}.latitude`, 'A latitude is -90 to 90 degrees.');
  if (!(Math.abs(longitude) <= 180)) {
    throw badUserInput(`${field}.longitude`, 'A longitude is -180 to 180 degrees.');
  }
}

function validAddress(address: Address): Address {
  const trimmed: Address = {};
  for (const [field, longest] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][]) {
    const text = address[field]?.trim() ?? '';
    if (text.length > longest)
      throw badUserInput(`address.${field}`, `This has at most ${longest} characters.`);
    trimmed[field] = text || null;
  }
  const countryCode = address.countryCode?.trim().toUpperCase() ?? '';
  if (countryCode && !/^[A-Z]{2}$/.test(countryCode)) {
    throw badUserInput('address.countryCode', 'A country is an ISO 3166-1 code of two letters such as "GB".');
  }
  return { ...trimmed, countryCode: countryCode || null };
}
