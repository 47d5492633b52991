import { isWhiteSpace, LINE_FEED } from "./characters.ts";
import type { Collector } from "./collector.ts";
import { SortedError, withPlace } from "./errors.ts";
import type { FormOptions } from "./form.ts";
import { JsonDocument } from "./json.ts";
import { selectionOf } from "./selection.ts";
import { startOfContent } from "./utf8.ts";

/**
 * Reads JSON Lines: one document on each line. Lines that are blank have none.
 *
 * @throws {SortedError} for the first fault, with its line
 */
export function readJsonLines(bytes: Uint8Array, collector: Collector, form: FormOptions = {}): void {
  const selection = selectionOf(form);
  let line = 1;
  let isEmpty = true;
  for (let start = startOfContent(bytes); start < bytes.length; line += 1) {
    const lineFeed = bytes.indexOf(LINE_FEED, start);
    const end = lineFeed < 0 ? bytes.length : lineFeed;
    if (!isBlank(bytes, start, end)) {
      isEmpty = false;
      try {
        new JsonDocument(bytes.subarray(0, end), start, collector, selection, "document").read();
      } catch (error) {
        const isCut = lineFeed >= 0 && error instanceof SortedError && error.offset === end;
        throw withPlace(isCut ? unfinished(error) : error, (place) => ({ ...place, line }));
      }
    }
    start = end + 1;
  }
  if (isEmpty) {
    throw new SortedError("EMPTY_INPUT", "expected a JSON document on each line, found nothing", {
      offset: bytes.length,
      line: Math.max(1, line - 1),
    });
  }
}

/** The error for a document that goes on in the next line. */
function unfinished({ code, place }: SortedError): SortedError {
  const detail = "the document does not end on its line; JSON Lines have a whole document on each line";
  return new SortedError(code, detail, place);
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) if (!isWhiteSpace(Number(bytes[i]))) return false;
  return true;
}
