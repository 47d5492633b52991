/**
 * The characters of the grammars, by the names that RFC 8259 and Unicode give them. Declared as numbers, so that a
 * comparison with one does not narrow the type of a property that the next call changes.
 */
export const TAB: number = 0x09;
export const LINE_FEED: number = 0x0a;
export const CARRIAGE_RETURN: number = 0x0d;
export const SPACE: number = 0x20;
export const QUOTATION_MARK: number = 0x22;
export const APOSTROPHE: number = 0x27;
export const LEFT_PARENTHESIS: number = 0x28;
export const RIGHT_PARENTHESIS: number = 0x29;
export const PLUS: number = 0x2b;
export const COMMA: number = 0x2c;
export const MINUS: number = 0x2d;
export const DOT: number = 0x2e;
export const ZERO: number = 0x30;
const NINE: number = 0x39;
export const COLON: number = 0x3a;
export const SEMICOLON: number = 0x3b;
export const UPPER_D: number = 0x44;
export const UPPER_E: number = 0x45;
export const LEFT_SQUARE_BRACKET: number = 0x5b;
export const BACKSLASH: number = 0x5c;
export const RIGHT_SQUARE_BRACKET: number = 0x5d;
export const LOWER_D: number = 0x64;
export const LOWER_E: number = 0x65;
export const LOWER_U: number = 0x75;
export const LEFT_CURLY_BRACKET: number = 0x7b;
export const RIGHT_CURLY_BRACKET: number = 0x7d;

export function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** White space as RFC 8259 has it; nothing else counts as such, in no form of input. */
export function isWhiteSpace(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}
