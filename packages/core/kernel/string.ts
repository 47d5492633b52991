import {
  BACKSLASH,
  BACKSPACE,
  CARRIAGE_RETURN,
  CASE_BIT,
  endOfPlainCharacters,
  FORM_FEED,
  isDigit,
  LINE_FEED,
  LOWER_A,
  LOWER_B,
  LOWER_F,
  LOWER_N,
  LOWER_R,
  LOWER_T,
  LOWER_U,
  QUOTATION_MARK,
  SOLIDUS,
  TAB,
  ZERO,
} from "./characters";
import { arena, takeFromArena } from "./layout";
import { readList } from "./list";
import { isOutOfReach } from "./scan";
import { endOfCharacter } from "./utf8";

const BEYOND_ASCII: u32 = 0x80;
const HEX_DIGITS: usize = 4;

/** Skips the string whose quotation mark is at `p`, a name; returns the place after it, or 0 if it is malformed. */
export function skipString(p: usize): usize {
  p += 1;
  while (true) {
    p = endOfPlainCharacters(p);
    const code: u32 = load<u8>(p);
    if (code == QUOTATION_MARK) return p + 1;
    if (code == BACKSLASH) p = readEscape(p);
    else if (code >= BEYOND_ASCII) p = endOfCharacter(p);
    else return 0;
    if (p == 0) return 0;
  }
}

/** Reads the numbers in the string whose quotation mark is at `p`; returns the place after it, or 0. */
export function readString(p: usize): usize {
  const start = p + 1;
  const stop = endOfPlainCharacters(start);
  const code: u32 = load<u8>(stop);
  if (code == QUOTATION_MARK) return readList(start, stop) ? stop + 1 : 0;
  return code == BACKSLASH ? readEscapedString(start) : 0;
}

/** Unescapes a string into the arena and reads it there. No number has a character beyond ASCII. */
function readEscapedString(p: usize): usize {
  const start = arena;
  let out = start;
  while (true) {
    const plainEnd = endOfPlainCharacters(p);
    memory.copy(out, p, plainEnd - p);
    out += plainEnd - p;
    p = plainEnd;
    const code: u32 = load<u8>(p);
    if (code == QUOTATION_MARK) break;
    if (code != BACKSLASH) return 0;
    p = readEscape(p);
    if (p == 0 || unescaped >= BEYOND_ASCII) return 0;
    store<u8>(out, unescaped);
    out += 1;
  }
  store<u8>(out, 0);
  takeFromArena(out + 1 - start);
  return !isOutOfReach() && readList(start, out) ? p + 1 : 0;
}

/** The UTF-16 code unit that the last escape meant. */
let unescaped: u32 = 0;

/** Reads the escape whose backslash is at `p` (RFC 8259, section 7); returns where it ends, or 0. */
function readEscape(p: usize): usize {
  const letter: u32 = load<u8>(p, 1);
  if (letter == LOWER_U) return readHexDigits(p + 2);
  unescaped = letter;
  if (letter == LOWER_B) unescaped = BACKSPACE;
  else if (letter == LOWER_F) unescaped = FORM_FEED;
  else if (letter == LOWER_N) unescaped = LINE_FEED;
  else if (letter == LOWER_R) unescaped = CARRIAGE_RETURN;
  else if (letter == LOWER_T) unescaped = TAB;
  else if (letter != QUOTATION_MARK && letter != BACKSLASH && letter != SOLIDUS) return 0;
  return p + 2;
}

function readHexDigits(p: usize): usize {
  unescaped = 0;
  for (const stop = p + HEX_DIGITS; p < stop; p += 1) {
    const code: u32 = load<u8>(p);
    const letter = (code | CASE_BIT) - LOWER_A;
    if (!isDigit(code) && letter > LOWER_F - LOWER_A) return 0;
    unescaped = (unescaped << 4) | (isDigit(code) ? code - ZERO : letter + 10);
  }
  return p;
}
