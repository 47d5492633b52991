import { COMMA, isDigit, QUOTATION_MARK, SEMICOLON, SPACE, TAB } from "./characters.ts";
import type { Collector } from "./collector.ts";
import { SortedError, withPlace } from "./errors.ts";
import type { FormOptions, Grammar } from "./form.ts";
import { readNumber } from "./number.ts";
import { ByteReader, END, skipWhiteSpace, unexpected } from "./reader.ts";
import { isLineEnd, type Separators, separatorsOf } from "./separators.ts";
import { closingQuote, emptyField, headingsIn, readTable, skipRecord } from "./table.ts";
import { columnAt, lineAt } from "./text-place.ts";
import { startOfContent } from "./utf8.ts";

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
      const column =
        grammar === "text" ? {} : { column: columnAt(bytes, offset, separatorsOf(grammar, form).columns) };
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
  /** What has separated so far: a comma right between two digits may be a decimal comma. */
  #hasCommaBetweenDigits = false;
  #hasSemicolon = false;

  constructor(bytes: Uint8Array, collector: Collector, grammar: Grammar, form: FormOptions) {
    this.#reader = new ByteReader(bytes, startOfContent(bytes));
    this.#collector = collector;
    this.#separators = separatorsOf(grammar, form);
    this.#form = form;
  }

  /** @throws {SortedError} for the first fault; of one in line 1, that the line may hold headings */
  read(): void {
    try {
      this.#readFields();
    } catch (error) {
      throw this.#form.header === "present" ? error : headingsIn(error, this.#reader.bytes);
    }
  }

  #readFields(): void {
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
        const isFirstInLine = reader.bytes.subarray(numberEnd, reader.offset).some(isLineEnd);
        if (isFirstInLine && this.#form.empty !== "skip") throw emptyField(reader.offset);
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
    if (this.#isAtMark()) throw emptyField(reader.offset);
    const notation = this.#form.decimal === "comma" ? "loose-comma" : "loose";
    if (reader.code !== QUOTATION_MARK) {
      readNumber(reader, this.#collector, notation);
      return;
    }
    reader.advance();
    skipWhiteSpace(reader);
    if (reader.code !== QUOTATION_MARK) {
      readNumber(reader, this.#collector, notation);
      skipWhiteSpace(reader);
      if (reader.code !== QUOTATION_MARK) throw closingQuote(reader, this.#form);
    } else if (this.#form.empty !== "skip") {
      throw emptyField(reader.offset);
    }
    reader.advance();
  }

  /** @param numberEnd where the number before the separator at hand ends */
  #checkMark(numberEnd: number): void {
    if (!this.#separators.marks.includes(COMMA)) return;
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
