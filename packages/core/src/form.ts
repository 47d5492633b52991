import { SortedError } from "./errors.ts";

/**
 * What an input is. `json`: one document (RFC 8259). `json-lines`: one document on each line. `text`: numbers with
 * separators between them. `csv`: the same, or a table (RFC 4180). `tsv`: a table whose fields are separated by tabs.
 */
export type Grammar = "json" | "json-lines" | "text" | "csv" | "tsv";

/** How an input is read, where its grammar leaves a choice. */
export interface FormOptions {
  /** Of text and CSV: the decimal sign. With `comma`, semicolons, tabs and line ends separate. Default: `point`. */
  readonly decimal?: "point" | "comma";
  /** Of text and CSV: whether line 1 holds headings, and is skipped. Default: `absent`. */
  readonly header?: "present" | "absent";
  /** Of CSV: the one column whose numbers are read: its number, from 1, or its heading. Default: all. */
  readonly column?: string | number;
  /** Of JSON: the one member of each record whose numbers are read: its name, or a JSON Pointer. Default: all. */
  readonly field?: string;
  /** Whether an empty field, or a member that is missing, null or "", is an error or is skipped. Default: `error`. */
  readonly empty?: "error" | "skip";
}

/** The values of options that are absent. To send one of them changes nothing, in every grammar. */
const DEFAULTS: FormOptions = { decimal: "point", header: "absent", empty: "error" };

/** The options that a grammar takes. */
const TEXT_OPTIONS = ["decimal", "header", "column", "empty"] as const;
const JSON_OPTIONS = ["field", "empty"] as const;
const ALL_OPTIONS = [...TEXT_OPTIONS, "field"] as const;

/** A tilde that stands for nothing in a JSON Pointer (RFC 6901, section 3). */
const BARE_TILDE = /^\/.*~(?![01])/s;

/**
 * Checks that an input of this grammar can be read with these options.
 *
 * @throws {SortedError} BAD_OPTION, naming the option
 */
export function checkForm(grammar: Grammar | "list", options: FormOptions): void {
  const isJson = grammar === "json" || grammar === "json-lines";
  const taken: readonly string[] = isJson ? JSON_OPTIONS : grammar === "list" ? [] : TEXT_OPTIONS;
  for (const name of ALL_OPTIONS) {
    const value = options[name];
    if (value === undefined || value === DEFAULTS[name] || taken.includes(name)) continue;
    if (grammar === "list") {
      const detail = `the option "${name}" is not for a text that begins with "[", and is read as a list`;
      throw new SortedError("BAD_OPTION", detail);
    }
    throw new SortedError(
      "BAD_OPTION",
      isJson
        ? `the option "${name}" is for text and CSV, and this input is read as JSON`
        : `the option "${name}" is for JSON, and this input is read as text or CSV`,
    );
  }
  const { column, header, field, empty } = options;
  if (typeof column === "string" && header !== "present" && !isPosition(column)) {
    throw new SortedError(
      "BAD_OPTION",
      `the column "${column}" is a heading: send header=present, or the column's number`,
    );
  }
  if (field !== undefined && BARE_TILDE.test(field)) {
    throw new SortedError(
      "BAD_OPTION",
      `the field "${field}" is not a JSON Pointer: in one, "~" is written "~0", and "/" in a name "~1"`,
    );
  }
  if (isJson && empty === "skip" && field === undefined) {
    throw new SortedError(
      "BAD_OPTION",
      'the option "empty" needs the option "field" where the input is JSON',
    );
  }
}

/** Whether a column is named by its number, from 1. */
export function isPosition(column: string): boolean {
  return /^[1-9]\d{0,8}$/.test(column);
}
