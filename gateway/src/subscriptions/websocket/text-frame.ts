const TEXT_AND_LAST = 0x81;
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;
const LONGEST_IN_ONE_BYTE = 125;
const LONGEST_IN_TWO_BYTES = 65_535;

/** How many bytes the head of a frame takes whose text has `length` bytes. */
export const headBytes = (length: number): number =>
  length <= LONGEST_IN_ONE_BYTE ? 2 : length <= LONGEST_IN_TWO_BYTES ? 4 : 10;

/** Writes the head of a server's text frame (RFC 6455, 5.2: whole, unmasked) and returns where the text begins. */
export function writeHead(target: Buffer, at: number, length: number): number {
  target[at] = TEXT_AND_LAST;
  if (length <= LONGEST_IN_ONE_BYTE) {
    target[at + 1] = length;
    return at + 2;
  }
  if (length <= LONGEST_IN_TWO_BYTES) {
    target[at + 1] = TWO_BYTES;
    target.writeUInt16BE(length, at + 2);
    return at + 4;
  }
  target[at + 1] = EIGHT_BYTES;
  target.writeBigUInt64BE(BigInt(length), at + 2);
  return at + 10;
}
