import { BACKSLASH, LOWER_U, QUOTATION_MARK, SPACE } from "./characters.ts";
import type { SortedError } from "./errors.ts";
import { ByteReader, END, quote, type Reader, unexpected } from "./reader.ts";
import { characterLength } from "./utf8.ts";

/** What stands behind a backslash, and the character that it means (RFC 8259, section 7). */
const ESCAPES = new Map(
  Object.entries({ '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }).map(
    ([letter, character]) => [letter.charCodeAt(0), character.charCodeAt(0)],
  ),
);

const HEX_DIGITS = 4;

/**
 * Reads what a string of a JSON document holds, unescaped as it goes, so that each character keeps its place in the
 * document. Its END is the closing quotation mark. Escaped characters come as UTF-16 code units; of an unescaped one
 * beyond ASCII the first byte comes, as no grammar here needs to tell them apart.
 */
export class JsonStringReader implements Reader {
  readonly bytes: Uint8Array;
  offset: number;
  code = END;
  /** Where the next character begins; when `code` is END, behind the closing quotation mark. */
  next: number;

  /** @param openingQuote offset of the string's opening quotation mark */
  constructor(bytes: Uint8Array, openingQuote: number) {
    this.bytes = bytes;
    this.offset = openingQuote;
    this.next = openingQuote + 1;
    this.advance();
  }

  advance(): void {
    this.offset = this.next;
    const byte = this.bytes[this.offset] ?? END;
    if (byte === QUOTATION_MARK) {
      this.code = END;
      this.next += 1;
    } else if (byte === BACKSLASH) {
      this.#unescape();
    } else if (byte < SPACE) {
      throw this.#broken(this.offset, "a character of a string (control characters must be escaped)");
    } else {
      this.code = byte;
      this.next += characterLength(this.bytes, this.offset);
      if (this.next === this.offset) throw this.#broken(this.offset, "UTF-8");
    }
  }

  found(): string {
    if (this.code === END) return "the end of the string";
    if (this.bytes[this.offset] === BACKSLASH) return quote(String.fromCharCode(this.code));
    return quote(new TextDecoder().decode(this.bytes.subarray(this.offset, this.next)));
  }

  #unescape(): void {
    const letter = this.bytes[this.offset + 1] ?? END;
    if (letter === LOWER_U) {
      this.code = this.#hexDigits(this.offset + 2);
      this.next += 2 + HEX_DIGITS;
      return;
    }
    const character = ESCAPES.get(letter);
    if (character === undefined) throw this.#broken(this.offset + 1, 'one of "\\/bfnrtu behind a backslash');
    this.code = character;
    this.next += 2;
  }

  #hexDigits(start: number): number {
    let value = 0;
    for (let offset = start; offset < start + HEX_DIGITS; offset += 1) {
      const digit = Number.parseInt(String.fromCharCode(this.bytes[offset] ?? 0), 16);
      if (Number.isNaN(digit)) throw this.#broken(offset, "a hexadecimal digit");
      value = value * 16 + digit;
    }
    return value;
  }

  #broken(offset: number, expected: string): SortedError {
    return unexpected(new ByteReader(this.bytes, offset), "INVALID_JSON", expected);
  }
}
