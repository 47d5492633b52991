import {
  COLON,
  COMMA,
  isDigit,
  LEFT_CURLY_BRACKET,
  LEFT_SQUARE_BRACKET,
  MINUS,
  QUOTATION_MARK,
  RIGHT_CURLY_BRACKET,
  RIGHT_SQUARE_BRACKET,
} from "./characters.ts";
import type { Collector } from "./collector.ts";
import { SortedError, withPlace } from "./errors.ts";
import { JsonStringReader } from "./json-string-reader.ts";
import { readNumbers } from "./list.ts";
import { readNumber } from "./number.ts";
import { pointerTo } from "./pointer.ts";
import { ByteReader, END, skipWhiteSpace, unexpected } from "./reader.ts";
import { decode, startOfContent } from "./utf8.ts";

const CLOSING = new Map([
  [LEFT_SQUARE_BRACKET, RIGHT_SQUARE_BRACKET],
  [LEFT_CURLY_BRACKET, RIGHT_CURLY_BRACKET],
]);

/** The values of RFC 8259 that are no number, no string, and hold none. */
const LITERAL_NAMES = ["true", "false", "null"];

/**
 * Reads a JSON document and collects the numbers of its leaves, in document order.
 *
 * Takes time linear in the document's length, and no stack however deeply it nests.
 *
 * @throws {SortedError} for the first fault in the document
 */
export function readJson(bytes: Uint8Array, collector: Collector): void {
  const document = new JsonDocument(bytes, collector);
  try {
    document.read();
  } catch (error) {
    throw withPlace(error, (place) => ({ ...place, ...pointerTo(document.steps()) }));
  }
}

/** An array or object that is being read. */
interface Container {
  readonly closing: number;
  /** Index of the element at hand; in an object, offset of the member's name, or of where it is expected. */
  step: number;
}

class JsonDocument {
  readonly #reader: ByteReader;
  readonly #collector: Collector;
  readonly #open: Container[] = [];
  /** Whether a value of the innermost container is at hand: what a fault then belongs to. */
  #inValue = true;

  constructor(bytes: Uint8Array, collector: Collector) {
    this.#reader = new ByteReader(bytes, startOfContent(bytes));
    this.#collector = collector;
  }

  read(): void {
    const reader = this.#reader;
    skipWhiteSpace(reader);
    if (reader.code === END) {
      throw new SortedError("EMPTY_INPUT", "expected a JSON document, found nothing", {
        offset: reader.offset,
      });
    }
    for (;;) {
      skipWhiteSpace(reader);
      const container = this.#enterContainer();
      if (container === undefined) {
        this.#readLeaf();
      } else if (reader.code !== container.closing) {
        this.#beginValue(container);
        continue;
      }
      this.#inValue = false;
      this.#leaveContainers();
      const parent = this.#open.at(-1);
      if (parent === undefined) {
        if (reader.code !== END) throw unexpected(reader, "INVALID_JSON", "the end of the document");
        return;
      }
      if (reader.code !== COMMA) throw unexpected(reader, "INVALID_JSON", "a comma or a closing bracket");
      reader.advance();
      parent.step += 1;
      this.#beginValue(parent);
    }
  }

  /** The names and indices that lead to the value at hand, or between values to their container. */
  steps(): (string | number)[] {
    const containers = this.#inValue ? this.#open : this.#open.slice(0, -1);
    return containers.map(({ closing, step }) =>
      closing === RIGHT_SQUARE_BRACKET ? step : this.#nameAt(step),
    );
  }

  /** Reads an opening bracket, if one is at hand, and the white space behind it. */
  #enterContainer(): Container | undefined {
    const reader = this.#reader;
    const closing = CLOSING.get(reader.code);
    if (closing === undefined) return undefined;
    this.#collector.enter(reader.offset);
    const container = { closing, step: 0 };
    this.#open.push(container);
    reader.advance();
    skipWhiteSpace(reader);
    return container;
  }

  /** Reads the closing brackets at hand, and the white space around them. */
  #leaveContainers(): void {
    const reader = this.#reader;
    skipWhiteSpace(reader);
    while (reader.code === this.#open.at(-1)?.closing) {
      this.#open.pop();
      this.#collector.leave();
      reader.advance();
      skipWhiteSpace(reader);
    }
  }

  /** Reads what comes before a value in its container: in an object its name and the colon. */
  #beginValue(container: Container): void {
    const reader = this.#reader;
    if (container.closing === RIGHT_CURLY_BRACKET) {
      this.#inValue = false;
      skipWhiteSpace(reader);
      if (reader.code !== QUOTATION_MARK)
        throw unexpected(reader, "INVALID_JSON", "a name in quotation marks");
      container.step = reader.offset;
      reader.moveTo(this.#endOfString(reader.offset));
      skipWhiteSpace(reader);
      if (reader.code !== COLON) throw unexpected(reader, "INVALID_JSON", "a colon");
      reader.advance();
    }
    this.#inValue = true;
  }

  #readLeaf(): void {
    const reader = this.#reader;
    if (reader.code === QUOTATION_MARK) {
      const string = new JsonStringReader(reader.bytes, reader.offset);
      readNumbers(string, this.#collector);
      reader.moveTo(string.next);
    } else if (reader.code === MINUS || isDigit(reader.code)) {
      readNumber(reader, this.#collector, "json");
    } else {
      const name = LITERAL_NAMES.find((word) => this.#isAtHand(word));
      if (name === undefined) throw unexpected(reader, "INVALID_JSON", "a value");
      const { offset } = reader;
      throw new SortedError("NOT_A_NUMBER", `expected a number, found ${name}`, { offset });
    }
  }

  #isAtHand(word: string): boolean {
    const { bytes, offset } = this.#reader;
    return Array.from(word).every((character, i) => bytes[offset + i] === character.charCodeAt(0));
  }

  #endOfString(openingQuote: number): number {
    const string = new JsonStringReader(this.#reader.bytes, openingQuote);
    for (; string.code !== END; string.advance()) {
      if (string.broken !== undefined) throw string.broken;
    }
    return string.next;
  }

  #nameAt(openingQuote: number): string {
    const name = this.#reader.bytes.subarray(openingQuote, this.#endOfString(openingQuote));
    return JSON.parse(decode(name));
  }
}
