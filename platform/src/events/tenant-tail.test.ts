import type { Database } from '../database/database.js';
import { Follower } from './follower.js';
import { TenantTail } from './tenant-tail.js';
import { silent } from './tests/log-fixture.js';

/** A database that answers when the test says so, with the end of the log as it was when it was asked. */
class SlowDatabase {
  end = 5;
  asked = 0;
  private answers: (() => void)[] = [];

  async read(): Promise<unknown> {
    const position = this.end;
    this.asked += 1;
    await new Promise<void>((resolve) => this.answers.push(resolve));
    return { position, epoch: 1, oldest: 0 };
  }

  answer(): void {
    for (const resolve of this.answers.splice(0)) resolve();
  }
}

test('what was placed and not notified while the end of the log was asked for is found at the reconnect', async () => {
  const database = new SlowDatabase();
  const tail = new TenantTail(database as unknown as Database, 'tenant', silent);
  const opened = tail.opened();
  database.end = 6;
  // the LISTEN connection is back
  await tail.refresh();
  database.answer();
  await opened;
  expect(tail.known).toBe(5);
  database.answer();
  await new Promise((resolve) => setImmediate(resolve));
  expect(tail.known).toBe(6);
  tail.close();
});

test('a follower that has ended while the log could not be read asks for nothing more', async () => {
  let asked = 0;
  const away = {
    read: () => {
      asked += 1;
      return Promise.reject(new Error('away'));
    },
  } as unknown as Database;
  const tail = new TenantTail(away, 'tenant', silent);
  const follower = new Follower(tail, away, { tenantId: 'tenant' }, () => undefined);
  await expect(follower.next()).rejects.toThrow('away');
  const before = asked;
  await follower.return();
  expect(await follower.next()).toEqual({ done: true, value: undefined });
  expect(asked).toBe(before);
});
