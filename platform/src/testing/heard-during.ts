import pg from 'pg';

const END = 'the end';

/** What is notified on a channel while some work is done, in the order of its commits; heard by a connection of its own. */
export async function heardDuring(
  url: string,
  channel: string,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const heard: string[] = [];
    const ended = new Promise<void>((resolve) => {
      client.on('notification', ({ payload = '' }) => {
        if (payload === END) resolve();
        else heard.push(payload);
      });
    });
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    await work();
    // what the work notified was committed before, and so comes before
    await client.query('select pg_notify($1, $2)', [channel, END]);
    await ended;
    return heard;
  } finally {
    await client.end();
  }
}
