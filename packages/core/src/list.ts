import {
  APOSTROPHE,
  COMMA,
  DOT,
  isDigit,
  LEFT_PARENTHESIS,
  LEFT_SQUARE_BRACKET,
  MINUS,
  PLUS,
  QUOTATION_MARK,
  RIGHT_PARENTHESIS,
  RIGHT_SQUARE_BRACKET,
} from "./characters.ts";
import type { Collector } from "./collector.ts";
import { withPlace } from "./errors.ts";
import { readNumber } from "./number.ts";
import { ByteReader, END, type Reader, skipWhiteSpace, unexpected } from "./reader.ts";
import { lineAt } from "./text-place.ts";
import { startOfContent } from "./utf8.ts";

const CLOSING = new Map([
  [LEFT_SQUARE_BRACKET, RIGHT_SQUARE_BRACKET],
  [LEFT_PARENTHESIS, RIGHT_PARENTHESIS],
]);

/**
 * Reads the whole of a string: one number, or a list as Python or JSON would write it.
 *
 *     string = items                            white space may surround every part
 *     list   = "[" [ items / spaced ] "]" / "(" [ items / spaced ] ")"
 *     items  = item *( "," item ) [ "," ]
 *     spaced = item 1*( white-space item )      as numpy and MATLAB print them
 *     item   = number / "'" number "'" / '"' number '"' / list
 *
 * @throws {SortedError} NOT_A_NUMBER at the first character that no string could have there, and what numbers throw
 */
export function readNumbers(reader: Reader, collector: Collector): void {
  /** The lists that are open, outermost first. */
  const open: OpenList[] = [];
  for (;;) {
    skipWhiteSpace(reader);
    const closing = CLOSING.get(reader.code);
    if (closing !== undefined) {
      collector.enter(reader.offset);
      open.push({ closing, separator: undefined });
      reader.advance();
      continue;
    }
    // After an opening bracket or a comma the list may also end.
    const endsHere = reader.code === open.at(-1)?.closing;
    if (!endsHere) readItem(reader, collector);

    let isSpaced = skipWhiteSpace(reader);
    while (reader.code === open.at(-1)?.closing) {
      open.pop();
      collector.leave();
      reader.advance();
      isSpaced = skipWhiteSpace(reader);
    }

    const list = open.at(-1);
    if (reader.code === COMMA && list?.separator !== "space") {
      if (list !== undefined) list.separator = "comma";
      reader.advance();
      skipWhiteSpace(reader);
    } else if (list !== undefined && isSpaced && list.separator !== "comma" && beginsItem(reader.code)) {
      list.separator = "space";
    } else if (list !== undefined || reader.code !== END) {
      throw unexpected(reader, "NOT_A_NUMBER", expectedAfterItem(list));
    }
    if (list === undefined && reader.code === END) return;
  }
}

/**
 * Reads the whole of a text that is one list.
 *
 * @throws {SortedError} NOT_A_NUMBER, and what numbers throw, with the line
 */
export function readList(bytes: Uint8Array, collector: Collector): void {
  try {
    readNumbers(new ByteReader(bytes, startOfContent(bytes)), collector);
  } catch (error) {
    throw withPlace(error, (place) => ({ ...place, line: lineAt(bytes, place.offset ?? 0) }));
  }
}

/** A list that is being read. */
interface OpenList {
  readonly closing: number;
  /** What stands between its items, once there are two. */
  separator: "comma" | "space" | undefined;
}

function expectedAfterItem(list: OpenList | undefined): string {
  if (list === undefined) return "a comma";
  return list.separator === "space" ? "white space or a closing bracket" : "a comma or a closing bracket";
}

/** Whether a number, a quotation mark or a bracket can begin with this character. */
function beginsItem(code: number): boolean {
  return isDigit(code) || [MINUS, PLUS, DOT, APOSTROPHE, QUOTATION_MARK].includes(code) || CLOSING.has(code);
}

/** Reads a number, in quotation marks or not. */
function readItem(reader: Reader, collector: Collector): void {
  const quote = reader.code;
  if (quote !== APOSTROPHE && quote !== QUOTATION_MARK) {
    readNumber(reader, collector, "loose");
    return;
  }
  reader.advance();
  skipWhiteSpace(reader);
  readNumber(reader, collector, "loose");
  skipWhiteSpace(reader);
  if (reader.code !== quote) throw unexpected(reader, "NOT_A_NUMBER", "the closing quotation mark");
  reader.advance();
}
