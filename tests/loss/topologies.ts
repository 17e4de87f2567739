import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TEST_SECRET } from '@plaza/platform/testing/test-cluster';
import { type Deployment, planGateway, planSubgraphs } from '../../scripts/distributed/plans.js';
import { PROJECT } from '../plaza/start-plaza.js';
import { PlazaProcess } from './plaza-process.js';

export const TOPOLOGIES = ['embedded', 'distributed'] as const;
export type Topology = (typeof TOPOLOGIES)[number];

/** The processes of Plaza in a round. */
export interface Processes {
  /** Two that clients speak to: they fail over between them, and the place of the sequencer moves. */
  gateways: readonly PlazaProcess[];
  /** What both gateways ask; nothing where a gateway holds everything. */
  subgraphs: readonly PlazaProcess[];
  /** Starts them in the order that they need. */
  start(): Promise<void>;
}

export interface Ground {
  /** The superuser's connection string. */
  databaseUrl: string;
  /** For what the processes keep. */
  folder: string;
  /** Where the product's files lie; undefined: here. */
  project: string | undefined;
}

/** Seconds before each attempt of a webhook: many and soon, so that a round ends soon. */
const SCHEDULE = [0, 1, 1, 1, 2, 2, 2, ...Array.from({ length: 20 }, () => 3)].join(',');
const WEBHOOKS = { PLAZA_WEBHOOK_SCHEDULE: SCHEDULE, PLAZA_WEBHOOK_TIMEOUT_MS: '2000' };

/** The processes of each topology, not yet started. */
export const PROCESSES: Record<Topology, (ground: Ground) => Processes> = {
  embedded({ databaseUrl, folder, project }) {
    const gateways = ['plaza-1', 'plaza-2'].map((name) => {
      const environment = {
        ...WEBHOOKS,
        DATABASE_URL: named(databaseUrl, name),
        PLAZA_SECRET: TEST_SECRET,
        PLAZA_DEMO: 'off',
        PLAZA_LOG_LEVEL: 'warn',
        PLAZA_DATA_DIR: join(folder, name),
      };
      return new PlazaProcess(name, () => ({ file: 'gateway/src/embedded.ts', environment }), project);
    });
    return { gateways, subgraphs: [], start: () => startAll(gateways) };
  },

  distributed({ databaseUrl, folder, project }) {
    const deploymentOf = (name: string): Deployment => ({
      adminUrl: named(databaseUrl, name),
      secret: TEST_SECRET,
      host: 'localhost',
      port: 0,
      logLevel: 'warn',
      dataFolder: join(folder, name),
      demo: false,
    });
    const subgraphs = planSubgraphs(deploymentOf('subgraph')).map(({ name, file, environment }) => {
      const settings = { ...environment, ...WEBHOOKS };
      return new PlazaProcess(name, () => ({ file, environment: settings }), project);
    });
    const urls = () => new Map(subgraphs.map(({ name, url }) => [name, url]));
    const gateways = ['gateway-1', 'gateway-2'].map(
      (name) => new PlazaProcess(name, () => planGateway(deploymentOf(name), urls()), project),
    );
    const start = async () => {
      await migrated(databaseUrl, project);
      await startAll(subgraphs);
      await startAll(gateways);
    };
    return { gateways, subgraphs, start };
  },
};

const named = (databaseUrl: string, name: string): string => `${databaseUrl}?application_name=${name}`;

const startAll = async (processes: readonly PlazaProcess[]): Promise<void> => {
  await Promise.all(processes.map((process) => process.start()));
};

/** Brings the database up to date; a gateway that holds everything does so itself. */
async function migrated(databaseUrl: string, project = PROJECT): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    ['--import', '@swc-node/register/esm-register', 'scripts/migrate.ts'],
    { cwd: project, env: { ...process.env, DATABASE_URL: databaseUrl, PLAZA_SECRET: TEST_SECRET } },
  );
}
