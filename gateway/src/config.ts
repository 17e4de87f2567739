import { PROCESS_SETTINGS } from '@plaza/platform/server/process-settings';
import type { LogLevel } from '@plaza/platform/server/logger';
import { readSettings } from '@plaza/platform/settings';
import { z } from 'zod';
import type { SubscriptionQuotas } from './subscriptions/quota.js';

type Environment = Record<string, string | undefined>;

/** What every gateway needs to know. */
export interface GatewayConfig {
  /** 0: a free one. */
  port: number;
  host: string;
  logLevel: LogLevel;
  /** Whether to make the demo, unless it is there. */
  demo: boolean;
  /** Holds the demo's key and, in one process, the embedded database. */
  dataFolder: string;
  subscriptions: SubscriptionSettings;
  /** Months of events that ended longer ago than so many days are removed from the log. */
  eventRetentionDays: number;
}

/** What this process grants to those who subscribe. */
export interface SubscriptionSettings {
  quotas: SubscriptionQuotas;
  /** The least time between two frames of a live state where the client names none, in milliseconds. */
  throttleMs: number;
}

/** The settings of the gateway alone: the subgraphs are elsewhere. */
export interface DistributedConfig extends GatewayConfig {
  databaseUrl: string;
  secret: string;
  /** Where each subgraph serves GraphQL. */
  subgraphUrls: Record<string, string>;
}

/** The settings of the whole of Plaza in one process. */
export interface EmbeddedConfig extends GatewayConfig {
  /** Undefined: start the embedded database. */
  databaseUrl: string | undefined;
  /** Undefined: the one that is kept in the data folder. */
  secret: string | undefined;
}

const { PORT, HOST, DATABASE_URL, PLAZA_SECRET, PLAZA_LOG_LEVEL } = PROCESS_SETTINGS;
const subgraphUrl = z.url({ protocol: /^https?$/, error: 'it should read http://host:port/graphql' });

const PLAZA_DATA_DIR = z.string().default('.plaza');
const PLAZA_DEMO = z.enum(['on', 'off'], 'write on or off').optional();
const NODE_ENV = z.string().optional();

const count = z.coerce.number('write a whole number').int('write a whole number').min(1, 'it is at least 1');
const SUBSCRIPTION_SETTINGS = {
  PLAZA_SUBSCRIPTIONS_PER_VIEWER: count.default(1_000),
  PLAZA_SUBSCRIPTIONS_PER_ORGANIZATION: count.default(10_000),
  PLAZA_LIVE_THROTTLE_MS: count.max(60_000, 'it is at most 60000').default(100),
};

const PLAZA_EVENT_RETENTION_DAYS = z.coerce
  .number('write a whole number of days')
  .int('write a whole number of days')
  .min(31, 'it is at least 31')
  .default(400);

const subscriptionSettings = (
  given: z.infer<z.ZodObject<typeof SUBSCRIPTION_SETTINGS>>,
): SubscriptionSettings => ({
  quotas: {
    ofViewer: given.PLAZA_SUBSCRIPTIONS_PER_VIEWER,
    ofOrganization: given.PLAZA_SUBSCRIPTIONS_PER_ORGANIZATION,
  },
  throttleMs: given.PLAZA_LIVE_THROTTLE_MS,
});

const noDemoInProduction = {
  path: ['PLAZA_DEMO'],
  message: 'it must be off in production, for everybody knows the passwords of the demo',
};

const distributed = z
  .object({
    PORT: PORT.default(4000),
    HOST: HOST.default('0.0.0.0'),
    DATABASE_URL,
    PLAZA_SECRET,
    PLAZA_LOG_LEVEL,
    PLAZA_DATA_DIR,
    PLAZA_DEMO,
    NODE_ENV,
    ...SUBSCRIPTION_SETTINGS,
    PLAZA_EVENT_RETENTION_DAYS,
    IDENTITY_URL: subgraphUrl,
    SPACES_URL: subgraphUrl,
    TICKETS_URL: subgraphUrl,
    PAYMENTS_URL: subgraphUrl,
    PARTNERS_URL: subgraphUrl,
  })
  .refine((given) => given.NODE_ENV !== 'production' || given.PLAZA_DEMO !== 'on', noDemoInProduction);

const embedded = z
  .object({
    PORT: PORT.default(4000),
    // the demo's passwords are public: only this machine gets in, unless told
    HOST: HOST.default('localhost'),
    DATABASE_URL: DATABASE_URL.optional(),
    PLAZA_SECRET: PLAZA_SECRET.optional(),
    PLAZA_LOG_LEVEL: PLAZA_LOG_LEVEL.default('warn'),
    PLAZA_DATA_DIR,
    PLAZA_DEMO,
    NODE_ENV,
    ...SUBSCRIPTION_SETTINGS,
    PLAZA_EVENT_RETENTION_DAYS,
  })
  .refine((given) => given.NODE_ENV !== 'production' || given.PLAZA_DEMO !== 'on', noDemoInProduction)
  .refine((given) => given.NODE_ENV !== 'production' || given.PLAZA_SECRET !== undefined, {
    path: ['PLAZA_SECRET'],
    message: 'it is required in production, set it to a random text of 32 characters or more',
  });

/** Reads the distributed gateway's settings. Throws SettingsError for a wrong one. */
export function readDistributedConfig(environment?: Environment): DistributedConfig {
  const given = readSettings(distributed, environment);
  return {
    port: given.PORT,
    host: given.HOST,
    logLevel: given.PLAZA_LOG_LEVEL,
    databaseUrl: given.DATABASE_URL,
    secret: given.PLAZA_SECRET,
    dataFolder: given.PLAZA_DATA_DIR,
    subscriptions: subscriptionSettings(given),
    eventRetentionDays: given.PLAZA_EVENT_RETENTION_DAYS,
    demo: given.PLAZA_DEMO === 'on',
    subgraphUrls: {
      identity: given.IDENTITY_URL,
      spaces: given.SPACES_URL,
      tickets: given.TICKETS_URL,
      payments: given.PAYMENTS_URL,
      partners: given.PARTNERS_URL,
    },
  };
}

/** Reads the embedded topology's settings. Throws SettingsError for a wrong one. */
export function readEmbeddedConfig(environment?: Environment): EmbeddedConfig {
  const given = readSettings(embedded, environment);
  return {
    port: given.PORT,
    host: given.HOST,
    logLevel: given.PLAZA_LOG_LEVEL,
    databaseUrl: given.DATABASE_URL,
    secret: given.PLAZA_SECRET,
    dataFolder: given.PLAZA_DATA_DIR,
    subscriptions: subscriptionSettings(given),
    eventRetentionDays: given.PLAZA_EVENT_RETENTION_DAYS,
    demo: (given.PLAZA_DEMO ?? (given.NODE_ENV === 'production' ? 'off' : 'on')) === 'on',
  };
}
