import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CarPark } from './csv.js';
import { replay, type RunOptions } from './replay.js';
import { summary } from './summary.js';

const silent = { isTTY: false, write: () => true } as unknown as NodeJS.WriteStream;
const carParks: CarPark[] = ['A', 'B'].map((code, i) => ({
  code,
  capacity: 30,
  recordings: [4, 27, 30, 30, 11, 0].map((occupied, hour) => ({
    at: Date.UTC(2016, 9, 5, 8 + hour, i),
    occupied,
  })),
}));
const series = { carParks, faults: { repeats: 0, overCapacity: 0, negative: 0, skippedHour: 0 } };
const MOVEMENTS = { entries: 60, exits: 60 };

type Input = Record<string, string>;

/** The graph as far as a replay sees it; `lose` makes it forget an entry that it confirmed. */
class ToyPlaza {
  /** Cars whose ticket ends so find nothing due at the machine, and something at the barrier. */
  late = '';
  lose = (_entry: Input): boolean => false;
  readonly inside = new Map<string, Set<string>>();
  readonly commands = new Map<string, string[]>();
  readonly server: Server = createServer((request, response) => {
    void text(request).then((body) => response.end(this.answerTo(body)));
  });

  private answerTo(body: string): string {
    const { query, variables } = JSON.parse(body) as {
      query: string;
      variables: Record<string, Input>;
    };
    return JSON.stringify({ data: this.answer(query, variables) });
  }

  private answer(query: string, variables: Record<string, Input>): unknown {
    if (query.startsWith('query Occupancy')) {
      return {
        location: { occupancy: { occupied: this.inside.get(variables.id as unknown as string)!.size } },
      };
    }
    const fields = [...query.matchAll(/(?:(\w+): )?(\w+)\(input: \$(\w+)\)/g)];
    return Object.fromEntries(
      fields.map(([, alias, field, variable]) => [alias ?? field, this.run(field!, variables[variable!]!)]),
    );
  }

  private run(field: string, input: Input): unknown {
    if (input.idempotencyKey)
      this.commands.set(field, [...(this.commands.get(field) ?? []), input.idempotencyKey]);
    switch (field) {
      case 'createLocation':
        this.inside.set(input.name!, new Set());
        return { __typename: 'LocationCreated', location: { id: input.name } };
      case 'addSpaces':
        return { __typename: 'SpacesAdded' };
      case 'publishTariff':
        return { __typename: 'TariffPublished' };
      case 'recordEntry': {
        const id = `${input.locationId}/${input.plate}`;
        if (!this.lose(input)) this.inside.get(input.locationId!)!.add(id);
        return { __typename: 'VehicleEntered', ticket: { id } };
      }
      case 'payTicket':
        if (this.isLate(input) && !input.idempotencyKey!.endsWith('barrier'))
          return { __typename: 'NothingDue' };
        return { __typename: 'TicketPaid', payment: { amount: { amount: '1.50' } } };
      default:
        if (this.isLate(input) && !input.idempotencyKey!.endsWith('barrier')) {
          return { __typename: 'PaymentRequired' };
        }
        this.inside.get(input.ticketId!.split('/')[0]!)!.delete(input.ticketId!);
        return { __typename: 'VehicleExited' };
    }
  }

  private isLate({ ticketId }: Input): boolean {
    return this.late !== '' && ticketId!.endsWith(this.late);
  }
}

let plaza: ToyPlaza;
let options: RunOptions;
beforeEach(async () => {
  plaza = new ToyPlaza();
  await new Promise<void>((resolve) => plaza.server.listen(0, '127.0.0.1', resolve));
  const { port } = plaza.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  options = { url, token: 't', timeZone: 'UTC', currency: 'GBP', speed: null, concurrency: 4, seed: '1' };
});
afterEach(() => {
  plaza.server.closeAllConnections();
  plaza.server.close();
});

const run = (signal = new AbortController().signal) => replay(series, options, { signal, out: silent });

test('a platform that counts right has no mismatch, and the summary tells what was done', async () => {
  const { tally, stopped } = await run();
  expect(stopped).toBe(false);
  expect(tally).toMatchObject({ ...MOVEMENTS, paid: 60, taken: 90_000, instants: 12, mismatches: 0 });
  const lines = summary(tally, 'GBP');
  expect(lines).toContain('payments    60: £90.00');
  expect(lines).toMatch(/recordEntry +\d+( +\d+\.\d){4}/);
  expect(lines).toContain('mismatches  0');
});

test('a platform that loses one car has a mismatch at every instant until that car would have left', async () => {
  let lost = 0;
  plaza.lose = ({ locationId }) => locationId!.startsWith('A') && lost++ === 20;
  const { tally } = await run();
  expect(tally.mismatches).toBeGreaterThan(0);
  expect(tally.firstMismatches[0]).toMatchObject({ carPark: 'A', recorded: 27, platform: 26, balance: 27 });
  expect(summary(tally, 'GBP')).toContain(
    'A 2016-10-05T09:00:00.000Z: recorded 27, platform 26, entries - exits 27',
  );
});

test('a car whose free time runs out on the way to the barrier pays there', async () => {
  plaza.late = '3';
  const { tally } = await run();
  expect(tally).toMatchObject({ ...MOVEMENTS, paid: 60, free: 0, mismatches: 0 });
  expect(tally.refusals.size).toBe(0);
});

test('every command has a key of its own, another one in every run', async () => {
  await run();
  await run();
  for (const [command, count] of [
    ['recordEntry', 120],
    ['payTicket', 120],
    ['recordExit', 120],
    ['createLocation', 4],
  ] as const) {
    expect(plaza.commands.get(command)).toHaveLength(count);
    expect(new Set(plaza.commands.get(command)).size).toBe(count);
  }
});

test('a replay at a multiple of real time takes its time and stops in the middle when it is told to', async () => {
  options.speed = 36_000;
  const begun = performance.now();
  const whole = await run();
  expect(performance.now() - begun).toBeGreaterThan(450);
  expect(whole.tally.mismatches).toBe(0);
  const stopped = await run(AbortSignal.timeout(150));
  expect(stopped.stopped).toBe(true);
  expect(stopped.tally.movements).toBeLessThan(120);
  expect(stopped.tally.mismatches).toBe(0);
});

test('a platform that breaks ends the replay with what it said', async () => {
  plaza.server.removeAllListeners('request');
  plaza.server.on('request', (_, response) => response.writeHead(500).end('broken'));
  await expect(run()).rejects.toThrow('it answers 500');
});
