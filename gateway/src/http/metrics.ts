import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type {
  CallContext,
  SubgraphAnswer,
  SubgraphRequest,
  SubgraphSource,
} from '../execution/subgraph-source.js';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What Prometheus is told about this gateway. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'plaza_http_request_seconds',
    help: 'How long HTTP requests took, in seconds.',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly fetches = new Histogram({
    name: 'plaza_subgraph_fetch_seconds',
    help: 'How long fetches from subgraphs took, in seconds.',
    labelNames: ['subgraph', 'outcome'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly refusals = new Counter({
    name: 'plaza_refused_credentials_total',
    help: 'Requests with a credential that is not valid.',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  requestEnded(route: string, status: number, milliseconds: number): void {
    this.requests.observe({ route, status: String(status) }, milliseconds / 1000);
  }

  credentialRefused(): void {
    this.refusals.inc();
  }

  /** A number that is asked for when Prometheus comes by. One that can't be had is left out. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        try {
          this.set(await read());
        } catch {
          this.remove();
        }
      },
    });
  }

  /** The same source, with its fetches timed. */
  measured(subgraph: string, source: SubgraphSource): SubgraphSource {
    const fetches = this.fetches;
    return {
      async fetch(request: SubgraphRequest, context: CallContext): Promise<SubgraphAnswer> {
        const started = performance.now();
        const answer = await source.fetch(request, context);
        const outcome = answer.errors ? 'errors' : 'ok';
        fetches.observe({ subgraph, outcome }, (performance.now() - started) / 1000);
        return answer;
      },
      ready: () => source.ready(),
      close: () => source.close(),
    };
  }
}
