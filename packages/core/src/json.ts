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
import { Collector } from "./collector.ts";
import { SortedError, withPlace } from "./errors.ts";
import type { FormOptions } from "./form.ts";
import { JsonStringReader } from "./json-string-reader.ts";
import { readNumbers } from "./list.ts";
import { readNumber } from "./number.ts";
import { pointerTo } from "./pointer.ts";
import { ByteReader, END, skipWhiteSpace, unexpected } from "./reader.ts";
import { type Selection, selectionOf } from "./selection.ts";
import { decode, startOfContent } from "./utf8.ts";

const CLOSING = new Map([
  [LEFT_SQUARE_BRACKET, RIGHT_SQUARE_BRACKET],
  [LEFT_CURLY_BRACKET, RIGHT_CURLY_BRACKET],
]);

/** The values of RFC 8259 that are neither a number nor a string, and hold neither. */
const LITERAL_NAMES = ["true", "false", "null"];

/**
 * Reads a JSON document and collects the numbers of its leaves, in document order.
 *
 * Takes time linear in the document's length, and no stack however deeply it nests.
 *
 * @throws {SortedError} for the first fault in the document
 */
export function readJson(bytes: Uint8Array, collector: Collector, form: FormOptions = {}): void {
  new JsonDocument(bytes, startOfContent(bytes), collector, selectionOf(form), "elements").read();
}

/** Off the path to what is selected. */
const OFF_PATH = -1;

/** An array or object that is being read. */
interface Container {
  readonly closing: number;
  /** Index of the element at hand; in an object, offset of the member's name, or of where it is expected. */
  step: number;
  /** How many steps of the selection's path lead here; OFF_PATH where it leads elsewhere. */
  readonly matched: number;
}

/** One document in bytes that may hold more before it: a whole body, or a line of it. */
export class JsonDocument {
  readonly #reader: ByteReader;
  readonly #collector: Collector;
  readonly #open: Container[] = [];
  /** Whether a value of the innermost container is at hand: what a fault then belongs to. */
  #inValue = true;
  readonly #selection: Selection | undefined;
  /** What is a record: the document, or where it is an array each of its elements. */
  readonly #records: "document" | "elements";
  /** How many containers a record is in. */
  #recordDepth = 0;
  #recordStart = 0;
  /** Whether the record at hand has what is selected. */
  #isFound = false;

  constructor(
    bytes: Uint8Array,
    start: number,
    collector: Collector,
    selection: Selection | undefined,
    records: "document" | "elements",
  ) {
    this.#reader = new ByteReader(bytes, start);
    this.#collector = collector;
    this.#selection = selection;
    this.#records = records;
  }

  /**
   * Reads the document, from its start to the end of the bytes.
   *
   * @throws {SortedError} for the first fault, with its pointer
   */
  read(): void {
    try {
      this.#read();
    } catch (error) {
      throw withPlace(error, (place) => ({ ...place, ...pointerTo(this.#steps()) }));
    }
  }

  #read(): void {
    const reader = this.#reader;
    skipWhiteSpace(reader);
    if (reader.code === END) {
      throw new SortedError("EMPTY_INPUT", "expected a JSON document, found nothing", {
        offset: reader.offset,
      });
    }
    const isArray = reader.code === LEFT_SQUARE_BRACKET;
    this.#recordDepth = isArray && this.#records === "elements" ? 1 : 0;
    for (;;) {
      skipWhiteSpace(reader);
      if (this.#open.length === this.#recordDepth) this.#beginRecord();
      const matched = this.#matched();
      const container = this.#enterContainer(matched);
      if (container === undefined) {
        if (matched === this.#selection?.path.length || this.#selection === undefined) this.#readLeaf();
        else this.#skipLeaf();
        if (this.#open.length === this.#recordDepth) this.#endRecord();
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
  #steps(): (string | number)[] {
    const containers = this.#inValue ? this.#open : this.#open.slice(0, -1);
    return containers.map(({ closing, step }) =>
      closing === RIGHT_SQUARE_BRACKET ? step : this.#nameAt(step),
    );
  }

  #beginRecord(): void {
    this.#recordStart = this.#reader.offset;
    this.#isFound = false;
  }

  /** @throws {SortedError} where a record has been read that lacks what is selected */
  #endRecord(): void {
    const { field = "", skipsEmpty = true } = this.#selection ?? {};
    if (this.#isFound || skipsEmpty) return;
    this.#inValue = true;
    throw new SortedError(
      "NOT_A_NUMBER",
      `the record has no member ${JSON.stringify(field)}; to skip such records, send empty=skip`,
      { offset: this.#recordStart },
    );
  }

  /** How many steps of the selection's path lead to the value at hand; all of them also within what is selected. */
  #matched(): number {
    if (this.#selection === undefined) return 0;
    const { path } = this.#selection;
    const depth = this.#open.length;
    if (depth < this.#recordDepth) return OFF_PATH;
    const parent = this.#open.at(-1);
    let matched = 0;
    if (depth > this.#recordDepth && parent !== undefined) {
      matched = parent.matched;
      if (matched === OFF_PATH || matched === path.length) return matched;
      const { closing, step } = parent;
      const name = closing === RIGHT_SQUARE_BRACKET ? String(step) : this.#nameAt(step);
      matched = name === path[matched] ? matched + 1 : OFF_PATH;
    }
    if (matched === path.length) this.#isFound = true;
    return matched;
  }

  /** Reads an opening bracket, if one is at hand, and the white space after it. */
  #enterContainer(matched: number): Container | undefined {
    const reader = this.#reader;
    const closing = CLOSING.get(reader.code);
    if (closing === undefined) return undefined;
    this.#collector.enter(reader.offset);
    const container = { closing, step: 0, matched };
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
      if (this.#open.length === this.#recordDepth) this.#endRecord();
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
    if (this.#selection?.skipsEmpty && (this.#isAtHand("null") || this.#isAtHand('""'))) {
      this.#skipLeaf();
    } else if (reader.code === QUOTATION_MARK) {
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

  /** Reads any value that holds no others, and collects nothing. */
  #skipLeaf(): void {
    const reader = this.#reader;
    const name = LITERAL_NAMES.find((word) => this.#isAtHand(word));
    if (name !== undefined) {
      reader.moveTo(reader.offset + name.length);
    } else if (reader.code === QUOTATION_MARK) {
      reader.moveTo(this.#endOfString(reader.offset));
    } else if (reader.code === MINUS || isDigit(reader.code)) {
      readNumber(reader, new Collector({}), "json");
    } else {
      throw unexpected(reader, "INVALID_JSON", "a value");
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
