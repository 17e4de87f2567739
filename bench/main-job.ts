import { GraphClient, type Operation } from '../replay/graph-client.js';
import { Latencies } from '../replay/latencies.js';
import { authenticate } from '../replay/session.js';
import { BareWrites } from './bare-writes.js';
import { throughTheGateway } from './gate.js';
import { startPlaza } from './plaza.js';
import { race, report, type RaceOptions } from './race.js';
import { openSite } from './site.js';

const WHO: Operation<{ viewer: { user: { id: string }; organization: { id: string } } }, object> = {
  name: 'viewer',
  text: 'query Who { viewer { user { id } organization { id } } }',
};

/** Entry, payment and exit through the gateway beside the same writes as bare SQL; returns the report. */
export async function mainJob(options: RaceOptions): Promise<string> {
  const plaza = await startPlaza();
  const requests = new Latencies();
  const graph = new GraphClient(plaza.url, options.concurrency, (operation, milliseconds) =>
    requests.record(operation, milliseconds),
  );
  try {
    await authenticate(graph, null);
    const { viewer } = await graph.request(WHO, {});
    const [gatewaySite, bareSite] = await Promise.all([openSite(graph, 500), openSite(graph, 500)]);
    const bare = new BareWrites(
      {
        tenantId: viewer.organization.id,
        userId: viewer.user.id,
        locationId: bareSite,
      },
      { tickets: plaza.databaseUrl('tickets'), payments: plaza.databaseUrl('payments') },
      options.concurrency,
    );
    try {
      const result = await race([throughTheGateway(graph, gatewaySite), bare], options);
      return `${report(result, 'cycles')}\n\n${requests.table().join('\n')}`;
    } finally {
      await bare.close();
    }
  } finally {
    await graph.close();
    await plaza.stop();
  }
}
