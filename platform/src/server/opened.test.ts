import { Opened } from './opened.js';

test('what was opened last is closed first, and only once', async () => {
  const opened = new Opened();
  const closed: string[] = [];
  for (const name of ['database', 'subgraph', 'gateway'])
    opened.add(() => Promise.resolve(closed.push(name)));
  await Promise.all([opened.close(), opened.close()]);
  expect(closed).toEqual(['gateway', 'subgraph', 'database']);
});

test('one that fails to close does not keep the others open', async () => {
  const opened = new Opened();
  let closed = false;
  opened.add(() => Promise.resolve((closed = true)));
  opened.add(() => Promise.reject(new Error('stuck')));
  await expect(opened.close()).rejects.toThrow('stuck');
  expect(closed).toBe(true);
});
