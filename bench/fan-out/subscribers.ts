import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { LightSocket } from './light-socket.js';

/** What the benchmark tells this process. */
export type ToSubscribers =
  | {
      do: 'connect';
      sockets: number;
      /** Subscriptions on each socket. */
      each: number;
      url: string;
      authorization?: string;
      query: string;
      variables: object;
    }
  | { do: 'count' };

/** What this process answers: what it has got since the last time. */
export interface Counted {
  messages: number;
  /** How many subscriptions have had a frame, ever: nothing else tells that one of events has begun. */
  begun: number;
  /** For each number of a change that a watched socket was told of: when the first and the last one had it. */
  told: [change: number, at: number][];
}

const TOGETHER = 200;
/** So many sockets read what they get, spread over all; the others only count. */
const WATCHED = 50;
const CHANGE = /"occupied":(\d+)/;

let messages = 0;
let begun = 0;
let told: [number, number][] = [];

process.on('message', (message: ToSubscribers) => {
  if (message.do === 'count') {
    process.send?.({ messages, begun, told } satisfies Counted);
    messages = 0;
    told = [];
    return;
  }
  connectAll(message).then(
    () => process.send?.({ messages: 0, begun, told: [] } satisfies Counted),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});

async function connectAll(wanted: Extract<ToSubscribers, { do: 'connect' }>): Promise<void> {
  const apart = Math.ceil(wanted.sockets / WATCHED);
  for (let open = 0; open < wanted.sockets; open += TOGETHER) {
    const some = Math.min(TOGETHER, wanted.sockets - open);
    await Promise.all(
      Array.from({ length: some }, (_, index) => subscribe(wanted, (open + index) % apart === 0)),
    );
  }
  messages = 0;
  told = [];
}

/** Resolves when the operations were sent. */
async function subscribe(
  { each, url, authorization, query, variables }: Extract<ToSubscribers, { do: 'connect' }>,
  watched: boolean,
): Promise<void> {
  let socket: LightSocket | undefined;
  let had = 0;
  await new Promise<void>((resolve, reject) => {
    const onText = (text: Buffer) => {
      if (text.includes('"connection_ack"')) {
        const payload = { query, variables };
        for (let operation = 0; operation < each; operation += 1)
          socket?.send(JSON.stringify({ id: randomUUID(), type: 'subscribe', payload }));
        return resolve();
      }
      messages += 1;
      // one subscription is told as often as another on its socket
      if (had < each) begun += 1;
      had += 1;
      if (!watched) return;
      const [, change] = CHANGE.exec(text.toString('latin1')) ?? [];
      if (change !== undefined) told.push([Number(change), performance.timeOrigin + performance.now()]);
    };
    LightSocket.open(new URL(url), onText).then((opened) => {
      socket = opened;
      opened.send(
        JSON.stringify({ type: 'connection_init', payload: authorization ? { authorization } : {} }),
      );
    }, reject);
  });
}
