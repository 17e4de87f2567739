import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { isCurrencyCode } from '../money.js';

// RFC 3339 with its offset; a local time without one would be anybody's guess
const RFC_3339 = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;
const DECIMAL = /^-?\d{1,15}(\.\d{1,4})?$/;

const invalid = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

// JavaScript takes 30 February for 2 March
const isDay = (day: string): boolean => {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
};

function parseInstant(value: unknown): Date {
  const day = typeof value === 'string' ? RFC_3339.exec(value)?.[1] : undefined;
  if (day !== undefined && isDay(day)) {
    const instant = new Date(value as string);
    if (!Number.isNaN(instant.getTime())) return instant;
  }
  throw invalid('A DateTime is an RFC 3339 instant with its offset, such as "2026-11-22T08:30:00Z".');
}

/** An instant. In: RFC 3339 with an offset. Out: UTC with milliseconds. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An instant as RFC 3339. Answers are in UTC with milliseconds: "2026-11-22T08:30:00.000Z".',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  // an idempotent replay brings its instants back as text
  serialize: (value) => (value instanceof Date ? value : parseInstant(value)).toISOString(),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined),
});

function parseDecimal(value: unknown): string {
  if (typeof value === 'string' && DECIMAL.test(value)) return value;
  throw invalid('A Decimal is a string of digits such as "12.50", never a float.');
}

export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'A decimal number as a string, such as "12.50", so that no digit is lost on the way.',
  serialize: String,
  parseValue: parseDecimal,
  parseLiteral: (node) => parseDecimal(node.kind === Kind.STRING ? node.value : undefined),
});

function parseCurrencyCode(value: unknown): string {
  if (typeof value === 'string' && isCurrencyCode(value)) return value;
  throw invalid('A CurrencyCode is an ISO 4217 code such as "EUR".');
}

export const CurrencyCode = new GraphQLScalarType<string, string>({
  name: 'CurrencyCode',
  description: 'An ISO 4217 currency code such as "EUR".',
  specifiedByURL: 'https://www.iso.org/iso-4217-currency-codes.html',
  serialize: String,
  parseValue: parseCurrencyCode,
  parseLiteral: (node) => parseCurrencyCode(node.kind === Kind.STRING ? node.value : undefined),
});

export const JSONObject = new GraphQLScalarType<object, object>({
  name: 'JSONObject',
  description: 'A JSON object whose shape is documented where it is used.',
  serialize: (value) => value as object,
  parseValue: (value) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw invalid('A JSONObject is a JSON object.');
  },
});
