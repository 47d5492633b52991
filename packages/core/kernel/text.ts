import {
  CARRIAGE_RETURN,
  COMMA,
  isDigit,
  isWhiteSpace,
  LINE_FEED,
  QUOTATION_MARK,
  SEMICOLON,
  skipWhiteSpace,
  SPACE,
  TAB,
} from "./characters";
import { hasDecimalComma, hasHeader, skipsEmpty, TSV } from "./form";
import { end } from "./layout";
import { readLooseNumber } from "./number";
import { DECLINED, DONE } from "./scan";
import { endOfCharacter, startOfContent } from "./utf8";

/** What separates: a bit for each character up to the semicolon. */
function bit(code: u32): u64 {
  return u64(1) << code;
}

const LINE_ENDS: u64 = (u64(1) << LINE_FEED) | (u64(1) << CARRIAGE_RETURN);

/** Marks: exactly one stands between two numbers. Blanks separate by themselves; other white space only surrounds. */
let marks: u64 = 0;
let blanks: u64 = 0;

@inline
function isIn(set: u64, code: u32): bool {
  return code <= SEMICOLON && ((set >> code) & 1) != 0;
}

/** Scans a text of numbers, each a field, in double quotes or not; `src/text.ts` has the grammar. */
export function scanText(form: u32): i32 {
  marks = form == TSV ? bit(TAB) : hasDecimalComma ? bit(SEMICOLON) : bit(COMMA) | bit(SEMICOLON);
  blanks =
    form == TSV ? LINE_ENDS : hasDecimalComma ? bit(TAB) | LINE_ENDS : bit(SPACE) | bit(TAB) | LINE_ENDS;
  let hasCommaBetweenDigits = false;
  let hasSemicolon = false;

  let p = skipBlanks(startOfContent());
  if (p == end) return DECLINED;
  if (hasHeader) {
    p = skipRecord(p);
    if (p == 0) return DECLINED;
    p = skipBlanks(p);
    if (p == end) return DONE;
  }
  while (true) {
    let code: u32 = load<u8>(p);
    if (skipsEmpty && isIn(marks, code)) {
      p = skipBlanks(p + 1);
      if (p == end) return DONE;
      continue;
    }
    p = code == QUOTATION_MARK ? readQuoted(p + 1) : readLooseNumber(p);
    if (p == 0) return DECLINED;
    const numberEnd = p;
    p = skipBlanks(p);
    if (p == end) return DONE;
    code = load<u8>(p);
    if (isIn(marks, code)) {
      // The first field of a line is empty.
      if (p > numberEnd && !skipsEmpty && hasAny(LINE_ENDS, numberEnd, p)) return DECLINED;
      if (code == SEMICOLON) hasSemicolon = true;
      else if (p == numberEnd && isDigit(load<u8>(p - 1)) && isDigit(load<u8>(p, 1)))
        hasCommaBetweenDigits = true;
      // The comma may be a decimal comma.
      if (hasSemicolon && hasCommaBetweenDigits) return DECLINED;
      p = skipBlanks(p + 1);
      // One separator may stand at the end.
      if (p == end) return DONE;
    } else if (!hasAny(blanks, numberEnd, p)) {
      return DECLINED;
    }
  }
}

/** Skips white space, other than marks. */
@inline
function skipBlanks(p: usize): usize {
  while (load<u8>(p) <= SPACE && isWhiteSpace(load<u8>(p)) && !isIn(marks, load<u8>(p))) p += 1;
  return p;
}

/** Whether a character of this set is between these addresses. */
@inline
function hasAny(set: u64, p: usize, stop: usize): bool {
  for (; p < stop; p += 1) if (isIn(set, load<u8>(p))) return true;
  return false;
}

/** Reads a number up to its closing quotation mark; returns what follows that, or 0. */
function readQuoted(p: usize): usize {
  p = skipWhiteSpace(p);
  if (skipsEmpty && load<u8>(p) == QUOTATION_MARK) return p + 1;
  p = readLooseNumber(p);
  if (p == 0) return 0;
  p = skipWhiteSpace(p);
  return load<u8>(p) == QUOTATION_MARK ? p + 1 : 0;
}

/** Skips a record of any texts; returns where its line ends, or 0 where it is malformed. */
function skipRecord(p: usize): usize {
  while (true) {
    p = skipField(p);
    if (p == 0 || !isIn(marks, load<u8>(p)) || p == end) return p;
    p += 1;
  }
}

function skipField(p: usize): usize {
  while (load<u8>(p) == SPACE) p += 1;
  if (load<u8>(p) != QUOTATION_MARK) {
    while (!endsField(p)) {
      p = skipCharacter(p);
      if (p == 0) return 0;
    }
    return p;
  }
  while (load<u8>(p) == QUOTATION_MARK) {
    p += 1;
    while (load<u8>(p) != QUOTATION_MARK) {
      if (p == end) return 0;
      p = skipCharacter(p);
      if (p == 0) return 0;
    }
    p += 1;
  }
  while (load<u8>(p) == SPACE) p += 1;
  return endsField(p) ? p : 0;
}

@inline
function skipCharacter(p: usize): usize {
  return load<u8>(p) < 0x80 ? p + 1 : endOfCharacter(p);
}

@inline
function endsField(p: usize): bool {
  return p == end || isIn(LINE_ENDS | marks, load<u8>(p));
}
