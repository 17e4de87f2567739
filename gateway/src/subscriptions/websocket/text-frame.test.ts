import { headBytes, writeHead } from './text-frame.js';

// RFC 6455, 5.2: the length in 7 bits, in 16 after 126, or in 64 after 127
test.each([
  [0, [0x81, 0]],
  [125, [0x81, 125]],
  [126, [0x81, 126, 0, 126]],
  [65_535, [0x81, 126, 0xff, 0xff]],
  [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
])('the head of a text of %d bytes', (length, expected) => {
  const target = Buffer.alloc(12, 0xee);
  expect(writeHead(target, 1, length)).toBe(1 + expected.length);
  expect(headBytes(length)).toBe(expected.length);
  expect([...target.subarray(1, 1 + expected.length)]).toEqual(expected);
  expect(target[1 + expected.length]).toBe(0xee);
});
