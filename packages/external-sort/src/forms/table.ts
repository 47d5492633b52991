import type { FormOptions } from "@sorted/core/kernel";
import { FileSortError } from "../errors.ts";
import { type Cut, type Form, isLineEnd, NOTHING } from "./form.ts";
import { endOfRecord, startOfRecords } from "./records.ts";

const TAB = 0x09;
const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const MAX_LINE_1_BYTES = 2 ** 16;

/**
 * A table of which one column is read. It may be cut between two records. Every later piece gets line 1 as its
 * headings, because line 1 decides the separator, the place of the column, and the number of fields.
 *
 * @param content as much of the input as has been read
 * @throws {FileSortError} NOT_ENOUGH_MEMORY, for a line 1 that is too long
 */
export function tableForm(grammar: "text" | "csv" | "tsv", options: FormOptions, content: Buffer): Form {
  const kinds = kindsOf(grammar, options);
  let separator: number | undefined;
  const line1End = endOfRecord(content, startOfRecords(content), (byte) => {
    const isOne = kinds.includes(byte);
    // If line 1 has two kinds, it is a fault.
    if (isOne) separator ??= byte;
    return isOne;
  });
  const isSeparator = (byte: number) => byte === separator;
  const line1 = Buffer.from(content.subarray(0, line1End ?? content.length));
  const prefix = Buffer.concat([line1, Uint8Array.of(LINE_FEED)]);
  const { column = 1, header } = options;
  const isByNumber = header !== "present";
  return {
    first: { grammar, ...options },
    later: { grammar, ...options, header: "present", column: isByNumber ? Number(column) : column },
    cut: (content, goal, { isFirst }) => {
      if (prefix.length > MAX_LINE_1_BYTES)
        throw new FileSortError(
          "NOT_ENOUGH_MEMORY",
          `line 1 has ${line1.length} bytes, and a table that does not fit into memory may have ${MAX_LINE_1_BYTES} there`,
        );
      return cut(content, goal, isFirst, isSeparator, prefix);
    },
  };
}

function cut(
  content: Buffer,
  goal: number,
  isFirst: boolean,
  isSeparator: (byte: number) => boolean,
  prefix: Uint8Array,
): Cut | undefined {
  let found: Cut | undefined;
  for (let start = isFirst ? startOfRecords(content) : 0; ; ) {
    const end = endOfRecord(content, start, isSeparator);
    if (end === undefined) return found;
    let next = end;
    while (isLineEnd(content[next])) next += 1;
    if (next >= content.length) return found;
    found = {
      end,
      suffix: NOTHING,
      next,
      beginning: { isFirst: false, open: [], startsLine: true, isBetweenDigits: false, prefix },
    };
    if (end >= goal) return found;
    start = next;
  }
}

/** The characters that may separate in line 1. Line 1 decides for all lines. */
function kindsOf(grammar: "text" | "csv" | "tsv", { decimal }: FormOptions): readonly number[] {
  if (grammar === "tsv") return [TAB];
  return decimal === "comma" ? [SEMICOLON, TAB] : [COMMA, SEMICOLON, TAB];
}
