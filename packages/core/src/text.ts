import {
  CARRIAGE_RETURN,
  COMMA,
  isDigit,
  LINE_FEED,
  QUOTATION_MARK,
  SEMICOLON,
  SPACE,
  TAB,
} from "./characters.ts";
import type { Collector } from "./collector.ts";
import { SortedError, withPlace } from "./errors.ts";
import type { FormOptions, Grammar } from "./form.ts";
import { readNumber } from "./number.ts";
import { ByteReader, END, skipWhiteSpace, unexpected } from "./reader.ts";
import { readTable, skipRecord } from "./table.ts";
import { columnAt, lineAt } from "./text-place.ts";
import { startOfContent } from "./utf8.ts";

/** What stands between the numbers of a text. */
interface Separators {
  /** Exactly one of these stands between two numbers, unless a blank does; two in a row have an empty field between. */
  readonly marks: readonly number[];
  /** White space that separates by itself; other white space only surrounds. */
  readonly blanks: readonly number[];
  /** In words, for messages. */
  readonly words: string;
}

const LINE_ENDS = [LINE_FEED, CARRIAGE_RETURN];
const WITH_DECIMAL_POINT: Separators = {
  marks: [COMMA, SEMICOLON],
  blanks: [SPACE, TAB, ...LINE_ENDS],
  words: "a comma, a semicolon or white space",
};
const WITH_DECIMAL_COMMA: Separators = {
  marks: [SEMICOLON],
  blanks: [TAB, ...LINE_ENDS],
  words: "a semicolon, a tab or a line end",
};
const WITH_TABS: Separators = { marks: [TAB], blanks: LINE_ENDS, words: "a tab or a line end" };

/**
 * Reads a text of numbers that are separated by one mark or by white space, or one column of a table.
 *
 * @throws {SortedError} for the first fault in the text, with its line, and in CSV its column
 */
export function readText(bytes: Uint8Array, collector: Collector, grammar: Grammar, form: FormOptions): void {
  try {
    if (form.column === undefined) new SeparatedNumbers(bytes, collector, grammar, form).read();
    else readTable(bytes, collector, grammar, form);
  } catch (error) {
    throw withPlace(error, (place) => {
      const { offset } = place;
      if (offset === undefined) return place;
      const column = grammar === "text" ? {} : { column: columnAt(bytes, offset, grammar, form) };
      return { line: lineAt(bytes, offset), ...column, ...place };
    });
  }
}

/** A text whose every field is one number. */
class SeparatedNumbers {
  readonly #reader: ByteReader;
  readonly #collector: Collector;
  readonly #separators: Separators;
  readonly #form: FormOptions;
  readonly #grammar: Grammar;
  readonly #line1End: number;
  /** What has separated so far: a comma right between two digits may be a decimal comma. */
  #hasCommaBetweenDigits = false;
  #hasSemicolon = false;

  constructor(bytes: Uint8Array, collector: Collector, grammar: Grammar, form: FormOptions) {
    this.#reader = new ByteReader(bytes, startOfContent(bytes));
    this.#collector = collector;
    this.#separators =
      grammar === "tsv" ? WITH_TABS : form.decimal === "comma" ? WITH_DECIMAL_COMMA : WITH_DECIMAL_POINT;
    this.#form = form;
    this.#grammar = grammar;
    const lineEnd = bytes.findIndex((byte) => LINE_ENDS.includes(byte));
    this.#line1End = lineEnd < 0 ? bytes.length : lineEnd;
  }

  read(): void {
    const reader = this.#reader;
    this.#skipBlanks();
    if (reader.code === END) {
      const { offset } = reader;
      throw new SortedError("EMPTY_INPUT", "expected numbers, found nothing", { offset });
    }
    if (this.#form.header === "present") {
      skipRecord(reader, this.#separators.marks);
      this.#skipBlanks();
      if (reader.code === END) return;
    }
    for (;;) {
      if (this.#isAtMark() && this.#form.empty === "skip") {
        reader.advance();
        this.#skipBlanks();
        if (reader.code === END) return;
        continue;
      }
      this.#readField();
      const numberEnd = reader.offset;
      const isSpaced = this.#skipBlanks();
      if (reader.code === END) return;
      if (this.#isAtMark()) {
        this.#checkMark(numberEnd);
        reader.advance();
        this.#skipBlanks();
        // One separator may stand at the end.
        if (reader.code === END) return;
      } else if (!isSpaced) {
        throw unexpected(reader, "NOT_A_NUMBER", this.#separators.words);
      }
    }
  }

  #isAtMark(): boolean {
    return this.#separators.marks.includes(this.#reader.code);
  }

  /** Skips white space that is not a mark; returns whether some of it separates. */
  #skipBlanks(): boolean {
    const { marks, blanks } = this.#separators;
    const reader = this.#reader;
    let isSpaced = false;
    for (;;) {
      const { code } = reader;
      const isBlank = blanks.includes(code);
      if (!isBlank && !(code === SPACE || (code === TAB && !marks.includes(TAB)))) return isSpaced;
      isSpaced ||= isBlank;
      reader.advance();
    }
  }

  #readField(): void {
    const reader = this.#reader;
    const { offset } = reader;
    try {
      if (this.#isAtMark()) {
        throw new SortedError("NOT_A_NUMBER", "the field is empty; to skip empty fields, send empty=skip", {
          offset,
        });
      }
      const notation = this.#form.decimal === "comma" ? "loose-comma" : "loose";
      if (reader.code !== QUOTATION_MARK) {
        readNumber(reader, this.#collector, notation);
        return;
      }
      reader.advance();
      skipWhiteSpace(reader);
      if (reader.code === QUOTATION_MARK && this.#form.empty === "skip") {
        reader.advance();
        return;
      }
      readNumber(reader, this.#collector, notation);
      skipWhiteSpace(reader);
      if (reader.code !== QUOTATION_MARK) {
        throw unexpected(
          reader,
          "NOT_A_NUMBER",
          "the closing quotation mark of a field that holds one number",
        );
      }
      reader.advance();
    } catch (error) {
      throw this.#suggestHeader(error);
    }
  }

  /** Of a fault in line 1: that it may hold headings. */
  #suggestHeader(error: unknown): unknown {
    if (!(error instanceof SortedError) || this.#form.header === "present") return error;
    const { code, detail, place } = error;
    const isInLine1 = place.offset !== undefined && place.offset < this.#line1End;
    if (code !== "NOT_A_NUMBER" || !isInLine1) return error;
    return new SortedError(code, `${detail}; if line 1 holds headings, send header=present`, place);
  }

  /** @param numberEnd where the number before the separator at hand ends */
  #checkMark(numberEnd: number): void {
    if (this.#grammar === "tsv" || this.#form.decimal === "comma") return;
    const { bytes, code, offset } = this.#reader;
    if (code === SEMICOLON) {
      if (this.#hasCommaBetweenDigits) throw ambiguous(offset);
      this.#hasSemicolon = true;
      return;
    }
    const isBetweenDigits =
      offset === numberEnd && isDigit(bytes[offset - 1] ?? END) && isDigit(bytes[offset + 1] ?? END);
    if (!isBetweenDigits) return;
    if (this.#hasSemicolon) throw ambiguous(offset + 1);
    this.#hasCommaBetweenDigits = true;
  }
}

function ambiguous(offset: number): SortedError {
  return new SortedError(
    "AMBIGUOUS_SEPARATOR",
    'both "," and ";" separate numbers here; if the comma is a decimal comma, send decimal=comma',
    { offset },
  );
}
