import type { FormOptions } from "@sorted/core/kernel";
import { type Cut, type Form, isDigit, isLineEnd, isSpace, NOTHING } from "./form.ts";
import { endOfRecord, startOfRecords } from "./records.ts";

const TAB = 0x09;
const LINE_FEED = 0x0a;
const SPACE = 0x20;
const QUOTATION_MARK = 0x22;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;

/** Put before a piece, so that its beginning is not taken for that of the input: a byte order mark, line 1. */
const PREFIX = Uint8Array.of(LINE_FEED);

/**
 * Numbers separated by one mark or white space. They may be cut at any of these outside quotation marks. CSV and TSV
 * are cut at line ends, if there are any, so that the column of a fault is known.
 */
export function textForm(grammar: "text" | "csv" | "tsv", options: FormOptions): Form {
  const text = new Text(grammar, options);
  const { header, ...laterOptions } = options;
  return {
    first: { grammar, ...options },
    // Unlike text, CSV is never read as JSON because of its beginning.
    later: { ...laterOptions, grammar: grammar === "tsv" ? "tsv" : "csv" },
    ...(header === "present" ? { endOfHeadings: (content: Buffer) => text.endOfHeadings(content) } : {}),
    cut: (content, goal, { isFirst }) => text.cut(content, goal, isFirst && header === "present"),
    cutAnywhere: (window) => (window.includes(QUOTATION_MARK) ? undefined : text.cut(window, 0, false)),
  };
}

/** The places where a text may be cut. */
type Kind = "line ends" | "separators";

class Text {
  readonly #marks: readonly number[];
  /** Whether a space separates numbers, and not only surrounds them. */
  readonly #spaceSeparates: boolean;
  readonly #skipsEmpty: boolean;
  readonly #kinds: readonly Kind[];

  constructor(grammar: "text" | "csv" | "tsv", { decimal, empty }: FormOptions) {
    const hasDecimalComma = decimal === "comma";
    this.#marks = grammar === "tsv" ? [TAB] : hasDecimalComma ? [SEMICOLON] : [COMMA, SEMICOLON];
    this.#spaceSeparates = grammar !== "tsv" && !hasDecimalComma;
    this.#skipsEmpty = empty === "skip";
    this.#kinds = grammar === "text" ? ["separators"] : ["line ends", "separators"];
  }

  cut(content: Buffer, goal: number, hasHeader: boolean): Cut | undefined {
    const start = hasHeader ? this.endOfHeadings(content) : 0;
    if (start === undefined) return undefined;
    const from = Math.max(start, goal);
    const isQuoted = isOddlyQuoted(content, start, from);
    for (const kind of this.#kinds) {
      const cut = this.#cutAfter(content, start, from, isQuoted, kind);
      if (cut !== undefined) return cut;
    }
    return this.#cutBefore(content, start, from, isQuoted);
  }

  /** Where line 1 ends. */
  endOfHeadings(content: Buffer): number | undefined {
    return endOfRecord(content, startOfText(content), (byte) => this.#marks.includes(byte));
  }

  #cutAfter(content: Buffer, start: number, from: number, isQuoted: boolean, kind: Kind): Cut | undefined {
    for (let end = from; end < content.length; end += 1) {
      if (content[end] === QUOTATION_MARK) isQuoted = !isQuoted;
      const isPlace = kind === "line ends" ? isLineEnd(content[end]) : this.#isSeparator(content[end]);
      if (isQuoted || !isPlace) continue;
      const cut = this.#cutAt(content, start, end);
      if (cut !== undefined) return cut;
    }
    return undefined;
  }

  #cutBefore(content: Buffer, start: number, from: number, isQuoted: boolean): Cut | undefined {
    for (let end = Math.min(from, content.length) - 1; end > start; end -= 1) {
      if (content[end] === QUOTATION_MARK) isQuoted = !isQuoted;
      if (isQuoted || !this.#isSeparator(content[end])) continue;
      const cut = this.#cutAt(content, start, end);
      if (cut !== undefined) return cut;
    }
    return undefined;
  }

  /** Cuts at the separators at `place`, if a number comes before them and all of them are visible. */
  #cutAt(content: Buffer, start: number, place: number): Cut | undefined {
    let end = place;
    while (end > start && this.#isSeparator(content[end - 1])) end -= 1;
    // Only empty fields come before. Some of them may be left to the next piece.
    if (end === start && this.#skipsEmpty) end = place;
    let next = end;
    let hasMark = false;
    let isSeparated = false;
    let startsLine = false;
    for (; next < content.length && this.#isSeparator(content[next]); next += 1) {
      const byte = Number(content[next]);
      const isMark = this.#marks.includes(byte);
      // A second mark, or one that begins a line, is a fault, or an empty field at the beginning of the next piece.
      if (isMark && (hasMark || startsLine)) break;
      hasMark ||= isMark;
      isSeparated ||= isMark || byte !== SPACE || this.#spaceSeparates;
      startsLine = isLineEnd(byte) || (startsLine && !isMark);
    }
    const isBetweenDigits =
      next === end + 1 && content[end] === COMMA && isDigit(content[end - 1]) && isDigit(content[next]);
    if (end === start || !isSeparated || next === content.length) return undefined;
    return {
      end,
      suffix: NOTHING,
      next,
      beginning: { isFirst: false, open: [], startsLine, isBetweenDigits, prefix: PREFIX },
    };
  }

  #isSeparator(byte = 0): boolean {
    return isSpace(byte) || this.#marks.includes(byte);
  }
}

/** Where a text's first field begins. */
function startOfText(content: Buffer): number {
  let start = startOfRecords(content);
  while (start < content.length && isSpace(content[start])) start += 1;
  return start;
}

/** Whether a quotation mark is open at `end`, if none is at `start`. */
function isOddlyQuoted(content: Buffer, start: number, end: number): boolean {
  let isQuoted = false;
  for (
    let at = content.indexOf(QUOTATION_MARK, start);
    at >= 0 && at < end;
    at = content.indexOf(QUOTATION_MARK, at + 1)
  )
    isQuoted = !isQuoted;
  return isQuoted;
}
