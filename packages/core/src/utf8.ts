const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Where the content begins: after a byte order mark, if there is one. */
export function startOfContent(bytes: Uint8Array): number {
  return BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? BYTE_ORDER_MARK.length : 0;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of well-formed UTF-8; a byte order mark is a character like any other. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/**
 * The length in bytes of the character that begins at `offset`, or 0 where the bytes are not UTF-8 there.
 *
 * Well-formed sequences are those of table 3-7 of the Unicode standard: the second byte's range excludes overlong
 * forms, surrogates, and what lies beyond U+10FFFF.
 */
export function characterLength(bytes: Uint8Array, offset: number): 0 | 1 | 2 | 3 | 4 {
  const first = bytes[offset] ?? 0xff;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[offset + 1] ?? 0;
  if (second < low || second > high) return 0;
  if (first < 0xe0) return 2;
  if (!isContinuation(bytes[offset + 2])) return 0;
  if (first < 0xf0) return 3;
  return isContinuation(bytes[offset + 3]) ? 4 : 0;
}

function isContinuation(byte = 0): boolean {
  return (byte & 0xc0) === 0x80;
}
