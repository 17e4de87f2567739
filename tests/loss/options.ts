import { parseArgs } from 'node:util';
import { UsageError } from '../../replay/options.js';
import { TOPOLOGIES, type Topology } from './topologies.js';

/** The guards that can be taken away, to see that the test notices. */
export const GUARDS = ['position', 'reread', 'tenant', 'location'] as const;
export type Guard = (typeof GUARDS)[number];

export interface LossOptions {
  topology: Topology;
  rounds: number;
  /** The same seed draws the same plan: who writes what, who is cut off, what is killed and when. */
  seed: string;
  /** Events to commit in one round, over all tenants. */
  events: number;
  /** Writers at work at the same time. */
  writers: number;
  tenants: number;
  /** Subscribers, each a stock client: two thirds of them of graphql-ws, the others of graphql-sse. */
  clients: number;
  /** How often in one round each way to end comes. */
  kills: number;
  /** How long a round waits for readers that get nothing more, in milliseconds, before it counts what is missing. */
  patienceMs: number;
  /** The guard to take away; null: the product as it is. */
  without: Guard | null;
}

export const HELP = `npm run test:loss -- [options]

Writes events while clients are cut off and processes end, and compares what the log holds with what every reader got:
subscriptions (stock clients of graphql-ws and graphql-sse that resume from their last cursor, half of them with an API
key limited to one location), pages of the query events(after:), and webhooks. Each round has a PostgreSQL and Plaza
processes of its own. Exits with 0 only where nothing was missing, out of order or another's.

  --topology NAME    embedded: two processes that hold everything each (default)
                     distributed: two gateways and the five subgraphs, each a process
  --rounds N         rounds, each on a new database (default 1)
  --seed TEXT        another seed draws another plan: who writes what, who is cut off, what ends and when
                     (default 1); in which order processes then come to run is up to the machine
  --events N         events to commit in a round (default 10000)
  --writers N        writers at the same time, a quarter of them through the graph (default 64)
  --tenants N        organizations, of two locations each (default 4)
  --clients N        subscribers (default 200)
  --kills N          how often each of these comes in a round (default 2): SIGKILL to a process that clients speak to,
                     to the one that numbers events, to a session of Postgres (which restarts all of them), to the
                     Postgres server; SIGTERM to a process that clients speak to; distributed, also SIGKILL and
                     SIGTERM to a subgraph
  --patience N       seconds without any news until a round counts what is missing (default 60)
  --break GUARD      takes one guard of the product away, in a copy of it, to show that the test notices:
                     position   readers follow the numbers of insertion instead of the positions given after commit
                     reread     a listener that reconnects does not read on from its position
                     tenant     events are read without asking whose they are
                     location   subscriptions do not ask which locations a key may see
  --help
`;

/** Reads the command line; null asks for the help. Throws UsageError. */
export function readOptions(args: string[]): LossOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const tenants = whole('--tenants', values.tenants);
  const atLeast = (name: string, text: string, least: number) => {
    const number = whole(name, text);
    if (number < least) throw new UsageError(`${name} ${number} is too few: ${least} or more.`);
    return number;
  };
  return {
    topology: oneOf('--topology', TOPOLOGIES, values.topology),
    rounds: whole('--rounds', values.rounds),
    seed: values.seed,
    events: whole('--events', values.events),
    writers: atLeast('--writers', values.writers, 2 * tenants),
    tenants,
    clients: atLeast('--clients', values.clients, tenants),
    kills: values.kills === '0' ? 0 : whole('--kills', values.kills),
    patienceMs: whole('--patience', values.patience) * 1_000,
    without: values.break === undefined ? null : oneOf('--break', GUARDS, values.break),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        topology: { type: 'string', default: 'embedded' },
        rounds: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        events: { type: 'string', default: '10000' },
        writers: { type: 'string', default: '64' },
        tenants: { type: 'string', default: '4' },
        clients: { type: 'string', default: '200' },
        kills: { type: 'string', default: '2' },
        patience: { type: 'string', default: '60' },
        break: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function oneOf<Name extends string>(option: string, names: readonly Name[], given: string): Name {
  const found = names.find((name) => name === given);
  if (!found) throw new UsageError(`${option} "${given}" is none of ${names.join(', ')}.`);
  return found;
}

function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError(`${name} "${text}" is no whole number from 1.`);
  return Number(text);
}
