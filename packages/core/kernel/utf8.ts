import { end, SOURCE } from "./layout";

/** EF BB BF, as the number that its three bytes are in memory. */
const BYTE_ORDER_MARK: u32 = 0xbfbbef;
const BYTE_ORDER_MARK_BYTES: usize = 3;

/** Where the content begins: after a byte order mark, if there is one. */
export function startOfContent(): usize {
  const isMarked =
    end - SOURCE >= BYTE_ORDER_MARK_BYTES && (load<u32>(SOURCE) & 0xff_ffff) == BYTE_ORDER_MARK;
  return isMarked ? SOURCE + BYTE_ORDER_MARK_BYTES : SOURCE;
}

/**
 * Where the character beyond ASCII that begins at `p` ends, or 0 where the bytes are not UTF-8 (Unicode, table 3-7: the
 * second byte's range excludes overlong forms, surrogates, and what lies beyond U+10FFFF).
 */
export function endOfCharacter(p: usize): usize {
  const first: u32 = load<u8>(p);
  if (first < 0xc2 || first > 0xf4) return 0;
  const low: u32 = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const high: u32 = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  const second: u32 = load<u8>(p, 1);
  if (second < low || second > high) return 0;
  if (first < 0xe0) return p + 2;
  if (!isContinuation(load<u8>(p, 2))) return 0;
  if (first < 0xf0) return p + 3;
  return isContinuation(load<u8>(p, 3)) ? p + 4 : 0;
}

@inline
function isContinuation(byte: u32): bool {
  return (byte & 0xc0) == 0x80;
}
