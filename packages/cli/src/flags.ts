/** The one table of flags: the parser, the help, the man page and the completions are made from it. */

/** What the command does. */
export type Mode = "sort" | "merge" | "check";

/** What a flag takes. */
interface FlagValue {
  /** What the help calls it. */
  readonly name: string;
  readonly kind: "choice" | "count" | "file" | "folder" | "size" | "text";
  /** Of a choice, what it may be. */
  readonly choices?: readonly string[];
}

export interface Flag {
  /** One letter, as `sort` has it where it means the same. */
  readonly short?: string;
  /** Absent where the flag stands alone. */
  readonly value?: FlagValue;
  /** The modes that take it; absent where it is a mode of its own. */
  readonly modes?: readonly Mode[];
  /** What it does, in some words: completions show it. */
  readonly summary: string;
  /** What else there is to say. */
  readonly details?: string;
}

const READING = ["sort", "merge", "check"] as const;
const WRITING = ["sort", "merge"] as const;

const choice = <const Choices extends readonly string[]>(name: string, choices: Choices) =>
  ({ kind: "choice", name, choices }) as const;

export const FLAGS = {
  order: {
    value: choice("ORDER", ["asc", "desc"]),
    modes: READING,
    summary: "ascending or descending order",
    details: "Default: asc. Equal numbers keep the order of the input in both.",
  },
  unique: {
    short: "u",
    modes: READING,
    summary: "keep only the first of equal numbers",
    details: "1, 1.0 and 1e0 are equal. With --check, equal numbers are out of order.",
  },
  limit: {
    value: { kind: "count", name: "N" },
    modes: WRITING,
    summary: "write only the first N numbers of the result",
    details: "This takes less time and disk than all numbers.",
  },
  input: {
    value: choice("FORM", ["text", "csv", "tsv", "json", "json-lines"]),
    modes: READING,
    summary: "what the inputs hold",
    details:
      "Default: text. text: numbers with a comma, a semicolon or white space between, or one JSON document. csv: the same, or a table. tsv: a table whose fields are separated by tabs. json: one document in each input, whose values are numbers, or strings with numbers. json-lines: a document in each line. The name of a file says nothing.",
  },
  column: {
    value: { kind: "text", name: "COLUMN" },
    modes: READING,
    summary: "read only one column of a table",
    details: "Its number, from 1, or its heading in line 1, with --header present. For csv and tsv.",
  },
  header: {
    value: choice("WHETHER", ["present", "absent"]),
    modes: READING,
    summary: "whether line 1 of each input holds headings, and is skipped",
    details: "Default: absent. For text, csv and tsv.",
  },
  decimal: {
    value: choice("SIGN", ["point", "comma"]),
    modes: READING,
    summary: "the decimal sign of the inputs",
    details:
      "Default: point. With comma, semicolons, tabs and line ends separate. For text, csv and tsv. The output has points.",
  },
  field: {
    value: { kind: "text", name: "FIELD" },
    modes: READING,
    summary: "read only one member of each JSON record",
    details: "Its name, or a JSON Pointer such as /price/net. For json and json-lines.",
  },
  empty: {
    value: choice("WHAT", ["error", "skip"]),
    modes: READING,
    summary: "what to do about empty fields of a table, and missing or empty members of a record",
    details: "Default: error.",
  },
  output: {
    value: choice("FORM", ["text", "csv", "json", "json-strings"]),
    modes: WRITING,
    summary: "how the numbers are written",
    details:
      'Default: text, a number in each line. csv: the same with CRLF. json: {"sorted":[1,2]}. json-strings: {"sorted":["1","2"]}, for programs whose JSON parser would lose digits.',
  },
  "output-file": {
    short: "o",
    value: { kind: "file", name: "FILE" },
    modes: WRITING,
    summary: "write to FILE instead of standard output",
    details: "FILE may be one of the inputs. It appears, or is replaced, when all of it is written.",
  },
  compress: {
    value: choice("METHOD", ["gzip", "zstd"]),
    modes: WRITING,
    summary: "compress the output",
    details: "Compressed inputs need no flag: their first bytes tell.",
  },
  check: {
    short: "c",
    summary: "find out whether the inputs are in order, and write nothing",
    details: "If they are not, the command names the first number that is out of order, and its place.",
  },
  merge: {
    short: "m",
    summary: "merge inputs that are sorted already",
    details: "Needs no temporary disk for files that have a number in each line.",
  },
  memory: {
    short: "S",
    value: { kind: "size", name: "SIZE" },
    modes: READING,
    summary: "how much memory the command may take",
    details:
      "Such as 800MB or 1GiB; at least 96 MiB or so. Default: what the control group allows, less a margin, or three quarters of what is free.",
  },
  temp: {
    short: "T",
    value: { kind: "folder", name: "DIR" },
    modes: WRITING,
    summary: "folder of the temporary files",
    details: "Default: TMPDIR, or the folder of the output, or the working directory.",
  },
  threads: {
    value: { kind: "count", name: "N" },
    modes: READING,
    summary: "how many threads sort",
    details: "Default: as many as there are processors, if memory suffices.",
  },
  stats: {
    modes: WRITING,
    summary: "print a table of the result on standard error",
    details:
      "Of the numbers written: count, how many are distinct, min, max, median and sum. All are exact. This takes more time.",
  },
  progress: {
    value: choice("HOW", ["json", "none"]),
    modes: READING,
    summary: "how to tell how far the work is, on standard error",
    details:
      "json: an object in each line, some times a second. none: nothing. Default: a bar if standard error is a terminal, else nothing.",
  },
  completion: {
    value: choice("SHELL", ["bash", "zsh", "fish"]),
    summary: "print the completions for a shell",
  },
  help: { short: "h", summary: "print this text" },
  version: { summary: "print the version" },
} as const satisfies { readonly [name: string]: Flag };

export type FlagName = keyof typeof FLAGS;

/** The flags in the order of the help. */
export const flags: readonly (readonly [FlagName, Flag])[] = Object.entries(FLAGS).map(([name, flag]) => [
  // Safe, as these are the keys of FLAGS.
  name as FlagName,
  flag,
]);
