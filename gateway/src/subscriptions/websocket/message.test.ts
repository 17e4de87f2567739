import { Frame } from '../frame.js';
import { LastMessage } from './message.js';

const ID_A = JSON.stringify('a');
const frames = [new Frame({ data: { n: 1 } }), new Frame({ data: { n: 22 } })];

/** The texts of frames that are shorter than 126 bytes. */
function texts(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at < bytes.length; at += 2 + bytes[at + 1]!)
    found.push(bytes.subarray(at + 2, at + 2 + bytes[at + 1]!).toString());
  return found;
}

test('each frame is a message of its own, with the id of the subscription', () => {
  const id = JSON.stringify('é"1');
  expect(texts(new LastMessage().of(frames, Buffer.from(id)))).toEqual([
    `{"id":${id},"type":"next","payload":{"data":{"n":1}}}`,
    `{"id":${id},"type":"next","payload":{"data":{"n":22}}}`,
  ]);
});

test('the next one who is told the same gets the same bytes with another id', () => {
  const last = new LastMessage();
  const first = last.of(frames, Buffer.from(ID_A));
  const second = last.of(frames, Buffer.from(JSON.stringify('b')));
  expect(second).toBe(first);
  expect(texts(second).every((text) => text.startsWith('{"id":"b",'))).toBe(true);
});

test.each([
  ['an id of another length', frames, JSON.stringify('longer')],
  ['other frames', [...frames], JSON.stringify('b')],
])('%s needs other bytes', (_, others, id) => {
  const last = new LastMessage();
  const first = last.of(frames, Buffer.from(ID_A));
  expect(texts(last.of(others, Buffer.from(id)))[1]).toBe(
    `{"id":${id},"type":"next","payload":{"data":{"n":22}}}`,
  );
  expect(texts(first)[0]).toContain(ID_A);
});

test('kept bytes stay as they are', () => {
  const last = new LastMessage();
  const first = last.of(frames, Buffer.from(ID_A));
  last.keep();
  last.of(frames, Buffer.from(JSON.stringify('b')));
  expect(texts(first)[0]).toContain(ID_A);
});
