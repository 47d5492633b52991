import { COMMA, QUOTATION_MARK, SPACE, TAB } from "./characters.ts";
import type { Collector } from "./collector.ts";
import { SortedError, withPlace } from "./errors.ts";
import { type FormOptions, type Grammar, isPosition } from "./form.ts";
import { readNumber } from "./number.ts";
import { ByteReader, END, isGzip, unexpected } from "./reader.ts";
import { isLineEnd, separatorsOf } from "./separators.ts";
import { columnAt } from "./text-place.ts";
import { quoteToken } from "./token.ts";
import { characterLength, decode, startOfContent } from "./utf8.ts";

/** Headings that a message lists at most. */
const MOST_LISTED = 12;

/**
 * Reads one column of a table (RFC 4180). The other fields may hold any text. Lines that are blank have no record.
 *
 * @throws {SortedError} for the first fault, with its line and column; BAD_OPTION where there is no such column
 */
export function readTable(
  bytes: Uint8Array,
  collector: Collector,
  grammar: Grammar,
  form: FormOptions,
): void {
  const reader = new ByteReader(bytes, startOfContent(bytes));
  skipBlankLines(reader);
  if (reader.code === END) {
    throw new SortedError("EMPTY_INPUT", "expected a table, found nothing", { offset: reader.offset });
  }
  const start = reader.offset;
  const separator = separatorOf(bytes, start, grammar, form);
  const column =
    form.header === "present" ? columnNamed(form.column, readHeadings(reader, separator)) : form.column;
  const mostFields = skipRecord(new ByteReader(bytes, start), [separator]);
  const wanted = { separator, position: Number(column), mostFields, form };
  try {
    for (;;) {
      skipBlankLines(reader);
      if (reader.code === END) return;
      readRecord(reader, collector, wanted);
    }
  } catch (error) {
    const suggesting = form.header === "present" ? error : headingsIn(error, bytes);
    throw withPlace(suggesting, ({ offset = 0, ...place }) => ({
      offset,
      column: columnAt(bytes, offset, [separator]),
      ...place,
    }));
  }
}

/** An error of which the place is in line 1: the same, and that the line may hold headings. */
export function headingsIn(error: unknown, bytes: Uint8Array): unknown {
  if (!(error instanceof SortedError) || isGzip(bytes)) return error;
  const { code, detail, place } = error;
  const isInLine1 = !bytes.subarray(0, place.offset).some(isLineEnd);
  if (code !== "NOT_A_NUMBER" || !isInLine1) return error;
  return new SortedError(code, `${detail}; if line 1 holds headings, send header=present`, place);
}

export function emptyField(offset: number): SortedError {
  return new SortedError("NOT_A_NUMBER", "the field is empty; to skip empty fields, send empty=skip", {
    offset,
  });
}

/** The error for what follows a number in quotation marks, which is not the closing one. */
export function closingQuote(reader: ByteReader, { decimal }: FormOptions): SortedError {
  return unexpected(
    reader,
    "NOT_A_NUMBER",
    `the closing quotation mark of a field that holds one number${hintAt(reader, decimal)}`,
  );
}

/** Of a comma where a number ends: that it may be a decimal comma. */
function hintAt({ code }: ByteReader, decimal: FormOptions["decimal"]): string {
  return code === COMMA && decimal !== "comma" ? " (a decimal comma needs decimal=comma)" : "";
}

/** Reads to the end of a record whose first field begins here; returns how many fields it has. */
export function skipRecord(reader: ByteReader, separators: readonly number[]): number {
  for (let fields = 1; ; fields += 1) {
    skipField(reader, separators);
    if (!separators.includes(reader.code)) return fields;
    reader.advance();
  }
}

/** Of the kinds of separators, the one that line 1 has. */
function separatorOf(bytes: Uint8Array, start: number, grammar: Grammar, form: FormOptions): number {
  const { columns } = separatorsOf(grammar, form);
  const kinds = columns.includes(TAB) ? columns : [...columns, TAB];
  const reader = new ByteReader(bytes, start);
  let separator: number | undefined;
  for (;;) {
    skipField(reader, kinds);
    if (!kinds.includes(reader.code)) return separator ?? Number(kinds[0]);
    if (separator !== undefined && reader.code !== separator) {
      throw new SortedError(
        "AMBIGUOUS_SEPARATOR",
        `line 1 has both ${nameOf(separator)} and ${nameOf(reader.code)} between fields; put a text that holds one of them in double quotes, or send decimal=comma or the type text/tab-separated-values`,
        { offset: reader.offset },
      );
    }
    separator = reader.code;
    reader.advance();
  }
}

function nameOf(separator: number): string {
  return separator === TAB ? "a tab" : `"${String.fromCharCode(separator)}"`;
}

/** Reads line 1. */
function readHeadings(reader: ByteReader, separator: number): string[] {
  const headings: string[] = [];
  for (;;) {
    const start = reader.offset;
    skipField(reader, [separator]);
    headings.push(textOf(decode(reader.bytes.subarray(start, reader.offset)).trim()));
    if (reader.code !== separator) return headings;
    reader.advance();
  }
}

/** What a field holds, without the quotation marks around it. */
function textOf(field: string): string {
  return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
}

/** The position, from 1, of the column that has this heading, or this number. */
function columnNamed(column: string | number | undefined, headings: readonly string[]): number {
  const positions = headings.flatMap((heading, i) => (heading === column ? [i + 1] : []));
  const [first, second] = positions;
  if (second !== undefined) {
    throw new SortedError(
      "BAD_OPTION",
      `columns ${positions.join(" and ")} both have the heading "${column}"; send the column's number`,
    );
  }
  const position = isPosition(String(column)) ? Number(column) : undefined;
  if (first !== undefined && position !== undefined && first !== position && position <= headings.length) {
    throw new SortedError(
      "BAD_OPTION",
      `column ${first} has the heading "${column}", and there is a column ${position}; send the column's number ${first} without header=present, or rename the heading`,
    );
  }
  if (first !== undefined) return first;
  if (position !== undefined) return position;
  const listed = headings.slice(0, MOST_LISTED).map(quoteToken).join(", ");
  const rest = headings.length > MOST_LISTED ? ", …" : "";
  throw new SortedError("BAD_OPTION", `there is no column "${column}"; line 1 has ${listed}${rest}`);
}

interface Wanted {
  readonly separator: number;
  readonly position: number;
  /** How many fields line 1 has. */
  readonly mostFields: number;
  readonly form: FormOptions;
}

/** Reads one record, of which one field must be a number. */
function readRecord(reader: ByteReader, collector: Collector, wanted: Wanted): void {
  const { separator, position, mostFields, form } = wanted;
  for (let column = 1; column < position; column += 1) {
    skipField(reader, [separator]);
    if (reader.code !== separator) {
      if (form.empty === "skip") return;
      throw new SortedError(
        "NOT_A_NUMBER",
        `the line has ${column} ${column === 1 ? "field" : "fields"}, and no column ${position}; to skip such lines, send empty=skip`,
        { offset: reader.offset, column },
      );
    }
    reader.advance();
  }
  try {
    readNumberField(reader, collector, separator, form);
  } catch (error) {
    throw error instanceof SortedError ? atColumn(error, position) : error;
  }
  for (let fields = position; reader.code === separator; fields += 1) {
    reader.advance();
    const { offset } = reader;
    skipField(reader, [separator]);
    // One separator more may stand at the end of a line.
    if (fields < mostFields || (fields === mostFields && reader.offset === offset)) continue;
    throw new SortedError(
      "INVALID_CSV",
      `the line has more fields than line 1, which has ${mostFields}; if a comma in a number is a decimal comma, put the number in double quotes and send decimal=comma`,
      { offset, column: fields + 1 },
    );
  }
}

function atColumn({ code, detail, place }: SortedError, column: number): SortedError {
  return new SortedError(code, detail, { ...place, column });
}

/** Reads the field that is wanted, quoted or not; it ends at a separator or a line end. */
function readNumberField(
  reader: ByteReader,
  collector: Collector,
  separator: number,
  form: FormOptions,
): void {
  const notation = form.decimal === "comma" ? "loose-comma" : "loose";
  const { offset } = reader;
  skipSpaces(reader, separator);
  const isQuoted = reader.code === QUOTATION_MARK;
  if (isQuoted) {
    reader.advance();
    skipSpaces(reader, END);
  }
  const isEmpty = isQuoted ? reader.code === QUOTATION_MARK : endsField(reader, [separator]);
  if (!isEmpty) {
    readNumber(reader, collector, notation);
    skipSpaces(reader, isQuoted ? END : separator);
  } else if (form.empty !== "skip") {
    throw emptyField(offset);
  }
  if (isQuoted) {
    if (reader.code !== QUOTATION_MARK) throw closingQuote(reader, form);
    reader.advance();
    skipSpaces(reader, separator);
  }
  if (!endsField(reader, [separator])) {
    throw unexpected(reader, "NOT_A_NUMBER", `the end of the field${hintAt(reader, form.decimal)}`);
  }
}

/** Skips a field that holds any text, up to the separator or line end that ends it. */
function skipField(reader: ByteReader, separators: readonly number[]): void {
  while (reader.code === SPACE) reader.advance();
  if (reader.code !== QUOTATION_MARK) {
    while (!endsField(reader, separators)) skipCharacter(reader);
    return;
  }
  do {
    reader.advance();
    while (reader.code !== QUOTATION_MARK) {
      if (reader.code === END)
        throw unexpected(reader, "INVALID_CSV", "the closing quotation mark of a field");
      skipCharacter(reader);
    }
    reader.advance();
    // Two quotation marks stand for one (RFC 4180, section 2, rule 7).
  } while (reader.code === QUOTATION_MARK);
  while (reader.code === SPACE) reader.advance();
  if (!endsField(reader, separators)) {
    throw unexpected(reader, "INVALID_CSV", "a separator or a line end after the closing quotation mark");
  }
}

/** @throws {SortedError} INVALID_UTF8 */
function skipCharacter(reader: ByteReader): void {
  const length = characterLength(reader.bytes, reader.offset);
  if (length === 0) throw unexpected(reader, "INVALID_UTF8", "UTF-8");
  reader.moveTo(reader.offset + length);
}

function endsField({ code }: ByteReader, separators: readonly number[]): boolean {
  return code === END || isLineEnd(code) || separators.includes(code);
}

function skipSpaces(reader: ByteReader, separator: number): void {
  while (reader.code === SPACE || (reader.code === TAB && separator !== TAB)) reader.advance();
}

function skipBlankLines(reader: ByteReader): void {
  for (;;) {
    const { offset } = reader;
    while (reader.code === SPACE) reader.advance();
    if (isLineEnd(reader.code)) {
      reader.advance();
      continue;
    }
    // The spaces belong to the first field of a record.
    if (reader.code !== END) reader.moveTo(offset);
    return;
  }
}
