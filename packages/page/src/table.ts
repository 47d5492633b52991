import type { InputType } from "@sorted/contract";

/** A column of a table. */
export interface Column {
  /** Its number, from 1. */
  readonly position: number;
  /** Its heading; empty if it has none. */
  readonly heading: string;
  /** What line 2 has in it. */
  readonly example: string;
  /** Whether each of its fields in the sample is a number. */
  readonly isNumeric: boolean;
}

/** What the first lines of an input show, if they are those of a table. */
export interface Table {
  readonly columns: readonly Column[];
  /** Whether line 1 has a field that is not a number above one that is. */
  readonly hasHeadings: boolean;
}

const SEPARATORS: { readonly [type in InputType]?: readonly string[] } = {
  "text/plain": [";", ",", "\t"],
  "text/csv": [";", ",", "\t"],
  "text/tab-separated-values": ["\t"],
};
const MOST_LINES = 50;
const NUMBER = /^[+-]?(\d+[.,]?\d*|[.,]\d+)([ed][+-]?\d+)?$/i;

/**
 * The table that a sample of an input of this type begins.
 *
 * @param sample the first lines, the last one complete
 */
export function tableOf(sample: string, type: InputType): Table | undefined {
  const separators = SEPARATORS[type];
  return separators === undefined ? undefined : tableIn(sample, separators);
}

/**
 * The table whose fields are separated by one of these: that which line 1 has. A single column needs a heading.
 *
 * @returns undefined if the lines have different numbers of fields, or if there is only one line
 */
export function tableIn(sample: string, separators: readonly string[]): Table | undefined {
  const lines = sample
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, MOST_LINES);
  const [line1 = "", ...others] = lines;
  if (others.length === 0 || /^\s*[{[]/.test(line1)) return undefined;
  const separator = separators.find((one) => fieldsOf(line1, one).length > 1);
  const [headings = [], ...rows] = lines.map((line) =>
    separator ? fieldsOf(line, separator) : [line.trim()],
  );
  if (rows.some(({ length }) => length !== headings.length)) return undefined;
  const hasHeadings = headings.some(
    (heading, index) =>
      isWord(heading) && /\p{L}/u.test(heading) && rows.every((row) => !isWord(row[index] ?? "")),
  );
  if (headings.length === 1 && !hasHeadings) return undefined;
  return {
    hasHeadings,
    columns: headings.map((heading, index) => {
      const fields = rows.map((row) => row[index] ?? "");
      const isNumeric = (hasHeadings ? fields : [heading, ...fields]).every((field) => NUMBER.test(field));
      return {
        position: index + 1,
        heading: hasHeadings ? heading : "",
        example: fields[0] ?? "",
        isNumeric,
      };
    }),
  };
}

/**
 * What the option `column` calls a column: its heading, if that names it and no other one.
 *
 * @param isHeadings whether line 1 is read as headings
 */
export function nameOf({ position, heading }: Column, { columns }: Table, isHeadings: boolean): string {
  const isUnique = columns.filter((other) => other.heading === heading).length === 1;
  const isName = isHeadings && heading !== "" && isUnique && !/^\d+$/.test(heading);
  return isName ? heading : String(position);
}

function isWord(field: string): boolean {
  return field !== "" && !NUMBER.test(field);
}

/** The fields of a line, without the quotation marks around them (RFC 4180). */
function fieldsOf(line: string, separator: string): string[] {
  const fields: string[] = [];
  let field = "";
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      fields.push(field.trim());
      field = "";
      continue;
    }
    field += character;
  }
  return [...fields, field.trim()].map((one) => one.replace(/^"(.*)"$/s, "$1").replaceAll('""', '"'));
}
