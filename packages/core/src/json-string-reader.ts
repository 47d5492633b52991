import { BACKSLASH, LOWER_U, QUOTATION_MARK, SPACE } from "./characters.ts";
import type { SortedError } from "./errors.ts";
import {
  BROKEN,
  ByteReader,
  END,
  type Found,
  foundIn,
  MAX_TOKEN_BYTES,
  type Reader,
  unexpected,
} from "./reader.ts";
import { characterLength, decode } from "./utf8.ts";

/** What stands after a backslash, and the character that it means (RFC 8259, section 7). */
const ESCAPES = new Map(
  Object.entries({ '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }).map(
    ([letter, character]) => [letter.charCodeAt(0), character.charCodeAt(0)],
  ),
);

const HEX_DIGITS = 4;

/** Further into a string, messages show only what follows the fault. */
const FAR_BYTES = 4096;

/**
 * Reads what a string of a JSON document holds, unescaped as it goes, so that each character keeps its place in the
 * document. Its END is the closing quotation mark. Escaped characters come as UTF-16 code units; of an unescaped one
 * beyond ASCII the first byte comes, as no grammar here needs to tell them apart.
 */
export class JsonStringReader implements Reader {
  readonly bytes: Uint8Array;
  offset: number;
  code = END;
  broken: SortedError | undefined;
  /** Where the next character begins; if `code` is END, the place after the closing quotation mark. */
  next: number;

  readonly #openingQuote: number;

  /** @param openingQuote offset of the string's opening quotation mark */
  constructor(bytes: Uint8Array, openingQuote: number) {
    this.bytes = bytes;
    this.#openingQuote = openingQuote;
    this.offset = openingQuote;
    this.next = openingQuote + 1;
    this.advance();
  }

  advance(): void {
    this.offset = this.next;
    const byte = this.bytes[this.offset] ?? END;
    const length = characterLength(this.bytes, this.offset);
    if (byte === QUOTATION_MARK) {
      this.code = END;
      this.next += 1;
    } else if (byte === BACKSLASH) {
      this.#unescape();
    } else if (byte === END) {
      this.#break(this.offset, "the closing quotation mark of the string");
    } else if (byte < SPACE) {
      this.#break(this.offset, "a character (a string must escape control characters)");
    } else if (length === 0) {
      this.#break(this.offset, "UTF-8");
    } else {
      this.code = byte;
      this.next += length;
    }
  }

  found(): Found {
    if (this.code === END) return { text: "the end of the string" };
    const isNear = this.offset - this.#openingQuote < FAR_BYTES;
    const before = isNear ? this.#textFrom(this.#openingQuote, this.offset) : "";
    return foundIn(before, this.#textFrom(this.offset - 1, Number.POSITIVE_INFINITY));
  }

  /** What the string holds after `start` and before `end`, or at first as much of it as a token may have. */
  #textFrom(start: number, end: number): string {
    const reader = new JsonStringReader(this.bytes, start);
    const mostUnits = end === Number.POSITIVE_INFINITY ? MAX_TOKEN_BYTES : FAR_BYTES;
    const units: string[] = [];
    while (reader.code >= 0 && reader.offset < end && units.length < mostUnits) {
      const isEscaped = reader.bytes[reader.offset] === BACKSLASH;
      units.push(
        isEscaped
          ? String.fromCharCode(reader.code)
          : decode(reader.bytes.subarray(reader.offset, reader.next)),
      );
      reader.advance();
    }
    return units.join("");
  }

  #unescape(): void {
    const letter = this.bytes[this.offset + 1] ?? END;
    const character = ESCAPES.get(letter);
    if (letter === LOWER_U) {
      this.#unescapeCodeUnit();
    } else if (character === undefined) {
      this.#break(this.offset + 1, 'one of "\\/bfnrtu after a backslash');
    } else {
      this.code = character;
      this.next += 2;
    }
  }

  #unescapeCodeUnit(): void {
    this.code = 0;
    this.next += 2;
    for (const end = this.next + HEX_DIGITS; this.next < end; this.next += 1) {
      const digit = Number.parseInt(String.fromCharCode(this.bytes[this.next] ?? 0), 16);
      if (Number.isNaN(digit)) {
        this.#break(this.next, "a hexadecimal digit");
        return;
      }
      this.code = this.code * 16 + digit;
    }
  }

  /** Holds the fault until the grammar comes to it. */
  #break(offset: number, expected: string): void {
    this.code = BROKEN;
    this.broken = unexpected(new ByteReader(this.bytes, offset), "INVALID_JSON", expected);
  }
}
