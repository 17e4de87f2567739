import { Operations } from './operations.js';

const subscribe = (id: string, query: string) =>
  JSON.stringify({ id, type: 'subscribe', payload: { query } });
const complete = (id: string) => JSON.stringify({ id, type: 'complete' });

/** Operations, what they handed on, and what ends those that were begun, in their order. */
function recorded() {
  const texts: string[] = [];
  const ends: (() => void)[] = [];
  const open = { yet: true };
  const operations = new Operations(
    (text) => {
      texts.push(text);
      return text.includes('subscribe')
        ? new Promise<void>((resolve) => ends.push(resolve))
        : Promise.resolve();
    },
    () => open.yet,
  );
  const take = (...messages: string[]) => messages.map((message) => operations.take(message));
  return { operations, texts, ends, open, take };
}

test('an id that was completed is free for the next operation when the one before is over', async () => {
  const { texts, ends, take, operations } = recorded();
  const [first] = take(subscribe('x', 'a'), complete('x'), subscribe('x', 'b'));
  expect(texts).toEqual([subscribe('x', 'a'), complete('x')]);
  ends[0]?.();
  await new Promise((resolve) => setImmediate(resolve));
  expect(texts.at(-1)).toBe(subscribe('x', 'b'));
  expect(operations.size).toBe(1);
  ends[1]?.();
  await first;
  expect(operations.size).toBe(0);
});

test('what was completed before it began never begins', async () => {
  const { texts, ends, take } = recorded();
  const [first] = take(subscribe('x', 'a'), complete('x'), subscribe('x', 'b'), complete('x'));
  ends[0]?.();
  await first;
  expect(texts).toEqual([subscribe('x', 'a'), complete('x')]);
});

test('nothing begins when the socket is closed', async () => {
  const { texts, ends, take, open } = recorded();
  const [first] = take(subscribe('x', 'a'), complete('x'), subscribe('x', 'b'));
  open.yet = false;
  ends[0]?.();
  await first;
  expect(texts).toHaveLength(2);
});

test.each([
  ['an id in use', subscribe('x', 'b')],
  ['another id', subscribe('y', 'b')],
  ['no JSON', '{'],
  ['an id that is no text', '{"id":1,"type":"subscribe"}'],
])('%s is handed on at once', (_, message) => {
  const { texts, take } = recorded();
  void take(subscribe('x', 'a'), message);
  expect(texts).toEqual([subscribe('x', 'a'), message]);
});
