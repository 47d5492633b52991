import {
  APOSTROPHE,
  COMMA,
  LEFT_PARENTHESIS,
  LEFT_SQUARE_BRACKET,
  QUOTATION_MARK,
  RIGHT_PARENTHESIS,
  RIGHT_SQUARE_BRACKET,
  skipWhiteSpace,
} from "./characters";
import { stack } from "./layout";
import { readLooseNumber } from "./number";
import { depth, maxDepth, setDepth } from "./scan";

/**
 * Reads the whole of a string, from `p` to `stop`, where a character stands that ends every number: one number, or a
 * list as Python or JSON would write it (the grammar is in `src/list.ts`). Returns whether it is one.
 */
export function readList(p: usize, stop: usize): bool {
  const outside = depth;
  while (true) {
    p = skipWhiteSpace(p);
    const code: u32 = p < stop ? load<u8>(p) : 0;
    if (code == LEFT_SQUARE_BRACKET || code == LEFT_PARENTHESIS) {
      if (depth == maxDepth) return false;
      store<u8>(stack + depth, code == LEFT_SQUARE_BRACKET ? RIGHT_SQUARE_BRACKET : RIGHT_PARENTHESIS);
      setDepth(depth + 1);
      p += 1;
      continue;
    }
    let isSpaced = false;
    // After an opening bracket or a comma the list may also end.
    if (depth == outside || code != closing()) {
      const isQuoted = code == APOSTROPHE || code == QUOTATION_MARK;
      p = isQuoted ? readQuotedNumber(p, code) : readLooseNumber(p);
      if (p == 0) return false;
      const itemEnd = p;
      p = skipWhiteSpace(p);
      isSpaced = p > itemEnd;
    }
    while (depth > outside && load<u8>(p) == closing()) {
      setDepth(depth - 1);
      const listEnd = p + 1;
      p = skipWhiteSpace(listEnd);
      isSpaced = p > listEnd;
    }

    const isOpen = depth > outside;
    if (p < stop && load<u8>(p) == COMMA && !(isOpen && hasFlag(SPACED))) {
      if (isOpen) setFlag(WITH_COMMAS);
      p = skipWhiteSpace(p + 1);
    } else if (isOpen && isSpaced && p < stop && !hasFlag(WITH_COMMAS)) {
      // What follows is not a closing bracket: an item, or a fault.
      setFlag(SPACED);
    } else if (isOpen || p < stop) {
      return false;
    }
    if (!isOpen && p == stop) return true;
  }
}

/** Bits that no closing bracket has: what stands between the items of the list, once there are two. */
const WITH_COMMAS: u32 = 0x80;
const SPACED: u32 = 0x02;

/** What closes the innermost bracket. */
@inline
function closing(): u32 {
  return load<u8>(stack + depth - 1) & ~(WITH_COMMAS | SPACED);
}

@inline
function hasFlag(flag: u32): bool {
  return (load<u8>(stack + depth - 1) & flag) != 0;
}

@inline
function setFlag(flag: u32): void {
  store<u8>(stack + depth - 1, load<u8>(stack + depth - 1) | flag);
}

function readQuotedNumber(p: usize, quote: u32): usize {
  p = readLooseNumber(skipWhiteSpace(p + 1));
  if (p == 0) return 0;
  p = skipWhiteSpace(p);
  return load<u8>(p) == quote ? p + 1 : 0;
}
