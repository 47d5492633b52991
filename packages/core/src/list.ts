import {
  APOSTROPHE,
  COMMA,
  LEFT_PARENTHESIS,
  LEFT_SQUARE_BRACKET,
  QUOTATION_MARK,
  RIGHT_PARENTHESIS,
  RIGHT_SQUARE_BRACKET,
} from "./characters.ts";
import type { Collector } from "./collector.ts";
import { readNumber } from "./number.ts";
import { END, type Reader, skipWhiteSpace, unexpected } from "./reader.ts";

const CLOSING = new Map([
  [LEFT_SQUARE_BRACKET, RIGHT_SQUARE_BRACKET],
  [LEFT_PARENTHESIS, RIGHT_PARENTHESIS],
]);

/**
 * Reads the whole of a string: one number, or a list as Python or JSON would write it.
 *
 *     string = number / list / items            white space may surround every part
 *     list   = "[" [ items ] "]" / "(" [ items ] ")"
 *     items  = item *( "," item ) [ "," ]       bare items need a comma, unless the only item is a list
 *     item   = number / "'" number "'" / '"' number '"' / list
 *
 * @throws {SortedError} NOT_A_NUMBER at the first character that no string could have there, and what numbers throw
 */
export function readNumbers(reader: Reader, collector: Collector): void {
  /** The brackets that will close the lists that are open, outermost first. */
  const open: number[] = [];
  let hasComma = false;

  for (;;) {
    skipWhiteSpace(reader);
    const closing = CLOSING.get(reader.code);
    if (closing !== undefined) {
      collector.enter(reader.offset);
      open.push(closing);
      reader.advance();
      continue;
    }
    // Behind an opening bracket or a comma the list may also end.
    const endsHere = reader.code === open.at(-1);
    const isQuoted = !endsHere && readItem(reader, collector);
    const isLone = isQuoted && open.length === 0 && !hasComma;

    skipWhiteSpace(reader);
    while (reader.code === open.at(-1)) {
      open.pop();
      collector.leave();
      reader.advance();
      skipWhiteSpace(reader);
    }

    const isOpen = open.length > 0;
    if (reader.code === COMMA) {
      hasComma = true;
      reader.advance();
      skipWhiteSpace(reader);
    } else if (isOpen || isLone || reader.code !== END) {
      throw unexpected(reader, "NOT_A_NUMBER", isOpen ? "a comma or a closing bracket" : "a comma");
    }
    if (!isOpen && reader.code === END) return;
  }
}

/** Reads a number, in quotation marks or not; returns whether it was in some. */
function readItem(reader: Reader, collector: Collector): boolean {
  const quote = reader.code;
  if (quote !== APOSTROPHE && quote !== QUOTATION_MARK) {
    readNumber(reader, collector, "loose");
    return false;
  }
  reader.advance();
  skipWhiteSpace(reader);
  readNumber(reader, collector, "loose");
  skipWhiteSpace(reader);
  if (reader.code !== quote) throw unexpected(reader, "NOT_A_NUMBER", "the closing quotation mark");
  reader.advance();
  return true;
}
