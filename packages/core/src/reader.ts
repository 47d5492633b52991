import { APOSTROPHE, isWhiteSpace } from "./characters.ts";
import { type ErrorCode, SortedError } from "./errors.ts";
import { GROUPING, NO_GROUPING, quote, quoteToken, reasonFor, tokenAtEnd, tokenAtStart } from "./token.ts";
import { characterLength } from "./utf8.ts";

/** So much of an input is looked at for a message. */
export const MAX_TOKEN_BYTES = 160;

/** The `code` of a reader that has nothing more to read. */
export const END = -1;

/** The `code` of a reader where the input is malformed and has no character. */
export const BROKEN = -2;

/**
 * One character after another. The grammar of numbers and lists is written once, over this; what differs is where the
 * characters come from: a document, a JSON string within it, a JavaScript string.
 */
export interface Reader {
  /** The character at hand, END or BROKEN. */
  readonly code: number;
  /** Where the character at hand begins, in bytes of the input. */
  readonly offset: number;
  /**
   * What is wrong where `code` is BROKEN. It is not thrown when it is met, one character ahead of what the grammar
   * judges: of several faults the first is to be reported.
   */
  readonly broken?: SortedError | undefined;
  /** Goes on to the next character. */
  advance(): void;
  /** What stands at hand, for a message; undefined where the bytes are not UTF-8. */
  found(): Found | undefined;
}

/** What stands where a fault is. */
export interface Found {
  /** In words, or in quotation marks. */
  readonly text: string;
  /** Why it is not read, where that is known. */
  readonly reason?: string | undefined;
}

/** What begins with 1F 8B (RFC 1952). */
const GZIP: Found = {
  text: "bytes that gzip has compressed",
  reason: 'decompress them, or in HTTP send the header "Content-Encoding: gzip"',
};

/** Whether bytes begin as those that gzip has compressed. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Reads the bytes of a document or a text. */
export class ByteReader implements Reader {
  readonly bytes: Uint8Array;
  offset: number;
  code: number;

  constructor(bytes: Uint8Array, offset: number) {
    this.bytes = bytes;
    this.offset = offset;
    this.code = bytes[offset] ?? END;
  }

  advance(): void {
    this.moveTo(this.offset + 1);
  }

  moveTo(offset: number): void {
    this.offset = offset;
    this.code = this.bytes[offset] ?? END;
  }

  found(): Found | undefined {
    if (this.code === END) return { text: "the end of the input" };
    if (this.offset <= 1 && isGzip(this.bytes)) return GZIP;
    const length = characterLength(this.bytes, this.offset);
    if (length === 0) return undefined;
    const before = new TextDecoder().decode(
      this.bytes.subarray(Math.max(0, this.offset - MAX_TOKEN_BYTES), this.offset),
    );
    const after = new TextDecoder().decode(this.bytes.subarray(this.offset, this.offset + MAX_TOKEN_BYTES));
    return foundIn(before, after);
  }
}

/** Reads a JavaScript string; offsets are UTF-16 code units. */
export class StringReader implements Reader {
  readonly text: string;
  offset = 0;
  code: number;

  constructor(text: string) {
    this.text = text;
    this.code = text.length > 0 ? text.charCodeAt(0) : END;
  }

  advance(): void {
    this.offset += 1;
    this.code = this.offset < this.text.length ? this.text.charCodeAt(this.offset) : END;
  }

  found(): Found {
    if (this.code === END) return { text: "the end of the string" };
    return foundIn(this.text.slice(0, this.offset), this.text.slice(this.offset));
  }
}

/** Skips white space; returns whether there was any. */
export function skipWhiteSpace(reader: Reader): boolean {
  const start = reader.offset;
  while (isWhiteSpace(reader.code)) reader.advance();
  return reader.offset > start;
}

/** The error for a character that can't stand where it stands. */
export function unexpected(reader: Reader, code: ErrorCode, expected: string): SortedError {
  if (reader.broken !== undefined) return reader.broken;
  const { offset } = reader;
  const found = reader.found();
  if (found === undefined) return new SortedError("INVALID_UTF8", "the bytes are not UTF-8", { offset });
  const { text } = found;
  const isWrongQuote = code === "INVALID_JSON" && reader.code === APOSTROPHE && found.reason !== NO_GROUPING;
  const reason = isWrongQuote ? "JSON has double quotation marks" : found.reason;
  return new SortedError(code, `expected ${expected}, found ${text}${reason ? `: ${reason}` : ""}`, {
    offset,
  });
}

/** What stands between these two texts, the character at fault being the first of `after`. */
export function foundIn(before: string, after: string): Found {
  const [character = ""] = after;
  const head = tokenAtEnd(before);
  const token = head + tokenAtStart(after);
  if (token === head) {
    const isGrouping = GROUPING.test(character) && /\d$/.test(before) && /^.\d{3}(?!\d)/u.test(after);
    return { text: quote(character), reason: isGrouping ? NO_GROUPING : reasonFor(character) };
  }
  const text = head === "" ? quoteToken(token) : `${quote(character)} in ${quoteToken(token)}`;
  return { text, reason: reasonFor(token) };
}
