/** What separates the numbers of a text and the fields of a table. */
import { CARRIAGE_RETURN, COMMA, LINE_FEED, SEMICOLON, SPACE, TAB } from "./characters.ts";
import type { FormOptions, Grammar } from "./form.ts";

/** What stands between the numbers of a text, and between the fields of a table. */
export interface Separators {
  /** Exactly one of these stands between two numbers, unless a blank does; two in a row have an empty field between. */
  readonly marks: readonly number[];
  /** White space that separates by itself; other white space only surrounds. */
  readonly blanks: readonly number[];
  /** In words, for messages. */
  readonly words: string;
  /** What separates the columns of a line; a table has one of these between its fields, or tabs. */
  readonly columns: readonly number[];
}

const LINE_ENDS = [LINE_FEED, CARRIAGE_RETURN];
const WITH_DECIMAL_POINT: Separators = {
  marks: [COMMA, SEMICOLON],
  blanks: [SPACE, TAB, ...LINE_ENDS],
  words: "a comma, a semicolon or white space",
  columns: [COMMA, SEMICOLON],
};
const WITH_DECIMAL_COMMA: Separators = {
  marks: [SEMICOLON],
  blanks: [TAB, ...LINE_ENDS],
  words: "a semicolon, a tab or a line end",
  columns: [SEMICOLON, TAB],
};
const WITH_TABS: Separators = {
  marks: [TAB],
  blanks: LINE_ENDS,
  words: "a tab or a line end",
  columns: [TAB],
};

/** What separates in a text or a table of this form. */
export function separatorsOf(grammar: Grammar, { decimal }: FormOptions): Separators {
  if (grammar === "tsv") return WITH_TABS;
  return decimal === "comma" ? WITH_DECIMAL_COMMA : WITH_DECIMAL_POINT;
}

export function isLineEnd(code: number): boolean {
  return LINE_ENDS.includes(code);
}
