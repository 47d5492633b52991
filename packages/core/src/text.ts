import { CARRIAGE_RETURN, COMMA, LINE_FEED, SEMICOLON } from "./characters.ts";
import type { Collector } from "./collector.ts";
import { SortedError, withPlace } from "./errors.ts";
import { readNumber } from "./number.ts";
import { ByteReader, END, skipWhiteSpace, unexpected } from "./reader.ts";
import { startOfContent } from "./utf8.ts";

/**
 * Reads a text of numbers that are separated by one comma or semicolon, or by white space.
 *
 * @throws {SortedError} for the first fault in the text, with its line
 */
export function readText(bytes: Uint8Array, collector: Collector): void {
  const reader = new ByteReader(bytes, startOfContent(bytes));
  try {
    readSeparated(reader, collector);
  } catch (error) {
    throw withPlace(error, (place) => ({ ...place, line: lineBehind(bytes.subarray(0, place.offset)) }));
  }
}

function readSeparated(reader: ByteReader, collector: Collector): void {
  skipWhiteSpace(reader);
  if (reader.code === END) {
    throw new SortedError("EMPTY_INPUT", "expected numbers, found nothing", { offset: reader.offset });
  }
  for (;;) {
    readNumber(reader, collector, "loose");
    const isSpaced = skipWhiteSpace(reader);
    if (reader.code === END) return;
    if (reader.code === COMMA || reader.code === SEMICOLON) {
      reader.advance();
      skipWhiteSpace(reader);
    } else if (!isSpaced) {
      throw unexpected(reader, "NOT_A_NUMBER", "a comma, a semicolon or white space");
    }
  }
}

/** The line of what comes behind these bytes. Lines end with LF, CR or both. */
function lineBehind(bytes: Uint8Array): number {
  let line = 1;
  bytes.forEach((byte, i) => {
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[i + 1] !== LINE_FEED)) line += 1;
  });
  return line;
}
