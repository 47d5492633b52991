/** The characters of the grammars, by the names that RFC 8259 and Unicode give them. */
export const BACKSPACE: u32 = 0x08;
export const TAB: u32 = 0x09;
export const LINE_FEED: u32 = 0x0a;
export const FORM_FEED: u32 = 0x0c;
export const CARRIAGE_RETURN: u32 = 0x0d;
export const SPACE: u32 = 0x20;
export const QUOTATION_MARK: u32 = 0x22;
export const APOSTROPHE: u32 = 0x27;
export const LEFT_PARENTHESIS: u32 = 0x28;
export const RIGHT_PARENTHESIS: u32 = 0x29;
export const PLUS: u32 = 0x2b;
export const COMMA: u32 = 0x2c;
export const MINUS: u32 = 0x2d;
export const DOT: u32 = 0x2e;
export const SOLIDUS: u32 = 0x2f;
export const ZERO: u32 = 0x30;
export const NINE: u32 = 0x39;
export const COLON: u32 = 0x3a;
export const SEMICOLON: u32 = 0x3b;
export const LEFT_SQUARE_BRACKET: u32 = 0x5b;
export const BACKSLASH: u32 = 0x5c;
export const RIGHT_SQUARE_BRACKET: u32 = 0x5d;
export const LOWER_A: u32 = 0x61;
export const LOWER_B: u32 = 0x62;
export const LOWER_D: u32 = 0x64;
export const LOWER_E: u32 = 0x65;
export const LOWER_F: u32 = 0x66;
export const LOWER_N: u32 = 0x6e;
export const LOWER_R: u32 = 0x72;
export const LOWER_T: u32 = 0x74;
export const LOWER_U: u32 = 0x75;
export const LEFT_CURLY_BRACKET: u32 = 0x7b;
export const RIGHT_CURLY_BRACKET: u32 = 0x7d;

/** The bit in which the two cases of a letter differ. */
export const CASE_BIT: u32 = 0x20;

@inline
export function isDigit(code: u32): bool {
  return code - ZERO <= 9;
}

/** Without a branch: whether numbers are negative no predictor could foresee. */
@inline
export function beginsNumber(code: u32): bool {
  return bool(u32(isDigit(code)) | u32(code == MINUS));
}

@inline
export function isLetterE(code: u32): bool {
  return (code | CASE_BIT) == LOWER_E;
}

@inline
export function isWhiteSpace(code: u32): bool {
  return code == SPACE || code == LINE_FEED || code == CARRIAGE_RETURN || code == TAB;
}

/** Where white space that begins at `p` ends. */
@inline
export function skipWhiteSpace(p: usize): usize {
  while (load<u8>(p) <= SPACE && isWhiteSpace(load<u8>(p))) p += 1;
  return p;
}

const VECTOR: usize = 16;

/** Where the digits that begin at `p` end. */
export function endOfDigits(p: usize): usize {
  while (true) {
    const digits = i8x16.le_u(i8x16.sub(v128.load(p), i8x16.splat(<i8>ZERO)), i8x16.splat(9));
    const others = i8x16.bitmask(digits) ^ 0xffff;
    if (others != 0) return p + ctz(others);
    p += VECTOR;
  }
}

/** Where the zeros that begin at `p` end. */
export function endOfZeros(p: usize): usize {
  while (true) {
    const others = i8x16.bitmask(i8x16.eq(v128.load(p), i8x16.splat(<i8>ZERO))) ^ 0xffff;
    if (others != 0) return p + ctz(others);
    p += VECTOR;
  }
}

/** The first byte from `p` that is more than a character of a JSON string: a quotation mark, a backslash, a control
 * character, or part of a character beyond ASCII. */
export function endOfPlainCharacters(p: usize): usize {
  while (true) {
    const bytes = v128.load(p);
    const marks = v128.or(
      i8x16.eq(bytes, i8x16.splat(<i8>QUOTATION_MARK)),
      i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH)),
    );
    // As signed bytes, those beyond ASCII are negative, and so less than a space too.
    const special = i8x16.bitmask(v128.or(marks, i8x16.lt_s(bytes, i8x16.splat(<i8>SPACE))));
    if (special != 0) return p + ctz(special);
    p += VECTOR;
  }
}
