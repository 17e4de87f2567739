import { roleUrl } from '@plaza/platform/database/roles';
import { Secrets } from '@plaza/platform/secrets';
import type { ChildPlan } from './child.js';

const SUBGRAPHS = ['identity', 'spaces', 'tickets', 'payments', 'partners'] as const;

/** What all processes of one deployment share. */
export interface Deployment {
  /** The administrator's url; each process gets the one of its own role. */
  adminUrl: string;
  secret: string;
  /** Where the gateway listens; port 0 is a free one. */
  host: string;
  port: number;
  logLevel: string;
  dataFolder: string;
  demo: boolean;
}

/** How to start the five subgraphs, on free ports of this machine that nobody else can reach. */
export function planSubgraphs(deployment: Deployment): ChildPlan[] {
  return SUBGRAPHS.map((name) => ({
    name,
    file: `subgraphs/${name}/src/main.ts`,
    environment: settings(deployment, name, '127.0.0.1', 0),
  }));
}

/** How to start the gateway in front of subgraphs that are ready; `urls` has each one's address by its name. */
export function planGateway(deployment: Deployment, urls: Map<string, string>): ChildPlan {
  const named = [...urls].map(([name, url]) => [`${name.toUpperCase()}_URL`, url] as const);
  return {
    name: 'gateway',
    file: 'gateway/src/main.ts',
    environment: {
      ...settings(deployment, 'gateway', deployment.host, deployment.port),
      ...Object.fromEntries(named),
      PLAZA_DATA_DIR: deployment.dataFolder,
      PLAZA_DEMO: deployment.demo ? 'on' : 'off',
    },
  };
}

function settings(
  { adminUrl, secret, logLevel }: Deployment,
  role: (typeof SUBGRAPHS)[number] | 'gateway',
  host: string,
  port: number,
): Record<string, string> {
  return {
    HOST: host,
    PORT: String(port),
    DATABASE_URL: roleUrl(adminUrl, new Secrets(secret), role),
    PLAZA_SECRET: secret,
    PLAZA_LOG_LEVEL: logLevel,
  };
}
