import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { keptFor } from '../src/database/notice.queries.js';
import { forgetNotices } from '../src/use-cases/forget-notices.js';
import { receiveNotice } from '../src/use-cases/receive-notice.js';
import { SandboxProvider } from '../src/providers/sandbox/sandbox.provider.js';
import { sandboxKey, SIGNATURE_HEADER, signNotice } from '../src/providers/sandbox/sandbox-signature.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => {
  on = await openPayments();
});
afterAll(() => on.close());

/** Receives a notice as if it had come, and been applied or not, so many days ago. */
async function notice(daysAgo: number, applied = true, id = newId()): Promise<string> {
  const key = sandboxKey(on.test.secrets);
  const body = Buffer.from(
    JSON.stringify({ id, kind: 'CAPTURED', paymentId: newId(), tenantId: on.viewer.tenantId }),
  );
  const provider = new SandboxProvider(on.database, { key, methods: [] });
  await receiveNotice(on.as(null), provider, {
    headers: { [SIGNATURE_HEADER]: signNotice(key, body) },
    body,
  });
  await on.see(
    `update payments.provider_notice set received_at = now() - make_interval(days => $2),
       applied_at = case when $3 then now() - make_interval(days => $2) end where notice_id = $1`,
    [id, daysAgo, applied],
  );
  return id;
}
const kept = async (ids: string[]) => {
  const rows = await on.see<{ id: string }>(
    'select notice_id as id from payments.provider_notice where notice_id = any ($1)',
    [ids],
  );
  return ids.map((id) => rows.some((row) => row.id === id));
};

test('notices that did their work longer ago than told are forgotten, and no others', async () => {
  const ids = [await notice(91), await notice(89), await notice(400, false), await notice(0)];
  expect(await forgetNotices(on.as(null), 90)).toBe(1);
  expect(await kept(ids)).toEqual([false, true, true, true]);
  expect(await forgetNotices(on.as(null), 90)).toBe(0);
});

test('a repetition of a forgotten notice is heard anew', async () => {
  const id = await notice(91);
  await forgetNotices(on.as(null), 90);
  expect(await notice(0, true, id)).toBe(id);
  expect(await kept([id])).toEqual([true]);
});

test('the database forgets nothing before thirty days, whoever asks', async () => {
  const ids = [await notice(29), await notice(31)];
  const forget = (scope: Parameters<typeof on.database.write>[0]) =>
    on.database.write(scope, (tx) => tx.run(sql`delete from payments.provider_notice`));
  await forget(keptFor(1));
  expect(await kept(ids)).toEqual([true, false]);
  await forget(on.viewer);
  expect(await kept(ids)).toEqual([true, false]);
});
