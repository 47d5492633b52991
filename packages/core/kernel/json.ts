import {
  beginsNumber,
  COLON,
  COMMA,
  LEFT_CURLY_BRACKET,
  LEFT_SQUARE_BRACKET,
  QUOTATION_MARK,
  RIGHT_CURLY_BRACKET,
  RIGHT_SQUARE_BRACKET,
  skipWhiteSpace,
  SPACE,
} from "./characters";
import { end, stack } from "./layout";
import { entryBytes, readJsonNumber } from "./number";
import { DECLINED, depth, DONE, limit, maxDepth, next, NOT_INTEGERS, setDepth, setNext } from "./scan";
import { readString, skipString } from "./string";
import { startOfContent } from "./utf8";

/** Scans a JSON document (RFC 8259): one pass, no recursion. `Key` says which entries to make: see `number.ts`. */
export function scanJson<Key>(): i32 {
  const outcome = scanValue<Key>(skipWhiteSpace(startOfContent()));
  return outcome == DONE && documentEnd != end ? DECLINED : outcome;
}

/** Scans the document that begins at `p`; returns where it and the white space after it end, or 0. */
export function scanDocument(p: usize): usize {
  return scanValue<u64>(p) == DONE ? documentEnd : 0;
}

let documentEnd: usize = 0;

function scanValue<Key>(p: usize): i32 {
  while (true) {
    // A value begins at p.
    const code: u32 = load<u8>(p);
    if (code == LEFT_SQUARE_BRACKET || code == LEFT_CURLY_BRACKET) {
      if (depth == maxDepth) return DECLINED;
      const closing = code == LEFT_SQUARE_BRACKET ? RIGHT_SQUARE_BRACKET : RIGHT_CURLY_BRACKET;
      store<u8>(stack + depth, closing);
      setDepth(depth + 1);
      p = skipWhiteSpace(p + 1);
      if (load<u8>(p) != closing) {
        if (closing == RIGHT_CURLY_BRACKET) p = skipName(p);
        if (p == 0) return DECLINED;
        continue;
      }
    } else if (code == QUOTATION_MARK) {
      if (sizeof<Key>() == sizeof<u32>()) return NOT_INTEGERS;
      p = readString(p);
      if (p == 0) return DECLINED;
    } else if (beginsNumber(code)) {
      p =
        depth > 0 && load<u8>(stack + depth - 1) == RIGHT_SQUARE_BRACKET
          ? readElements<Key>(p)
          : readLone<Key>(p);
      if (p == 0) return sizeof<Key>() == sizeof<u32>() ? NOT_INTEGERS : DECLINED;
      if (load<u8>(p - 1) == COMMA) {
        p = skipWhiteSpace(p);
        continue;
      }
    } else {
      return DECLINED;
    }

    p = skipWhiteSpace(p);
    while (depth > 0 && load<u8>(p) == load<u8>(stack + depth - 1)) {
      setDepth(depth - 1);
      p = skipWhiteSpace(p + 1);
    }
    if (depth == 0) {
      documentEnd = p;
      return DONE;
    }
    if (load<u8>(p) != COMMA) return DECLINED;
    p = skipWhiteSpace(p + 1);
    if (load<u8>(stack + depth - 1) == RIGHT_CURLY_BRACKET) p = skipName(p);
    if (p == 0) return DECLINED;
  }
}

/** Skips a member's name and colon; returns where its value begins, or 0. */
function skipName(p: usize): usize {
  if (load<u8>(p) != QUOTATION_MARK) return 0;
  p = skipString(p);
  if (p == 0) return 0;
  p = skipWhiteSpace(p);
  return load<u8>(p) == COLON ? skipWhiteSpace(p + 1) : 0;
}

/** Reads one number; returns where it ends, or 0. */
function readLone<Key>(p: usize): usize {
  if (next == limit) return 0;
  p = readJsonNumber<Key>(p, next);
  setNext(next + entryBytes<Key>());
  return p;
}

/**
 * Reads elements of an array as long as they are numbers; nearly all time is spent here. Returns the place after the last
 * number, or after its comma if another kind of value follows; 0 if a number is malformed.
 */
function readElements<Key>(p: usize): usize {
  let entry = next;
  while (true) {
    if (entry == limit) return 0;
    const stop = readJsonNumber<Key>(p, entry);
    if (stop == 0) return 0;
    entry += entryBytes<Key>();
    p = stop;
    if (load<u8>(p) != COMMA) break;
    const afterComma = p + 1;
    p = load<u8>(afterComma) <= SPACE ? skipWhiteSpace(afterComma) : afterComma;
    if (!beginsNumber(load<u8>(p))) {
      p = afterComma;
      break;
    }
  }
  setNext(entry);
  return p;
}
