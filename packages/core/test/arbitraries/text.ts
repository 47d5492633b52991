import fc from "fast-check";
import { anyNumber } from "./number.ts";
import { type Written, whiteSpace } from "./written.ts";

const onOneLine = whiteSpace.map((text) => text.replaceAll(/[\r\n]/g, " "));

/** Numbers with one of these between. A mark at the beginning of a line would have an empty field before it. */
const texts = (...separators: string[]) =>
  fc.array(fc.tuple(anyNumber, onOneLine, fc.constantFrom(...separators), whiteSpace), { minLength: 1 }).map(
    (rows): Written => ({
      text: rows
        .map(
          ([number, before, separator, after], i) =>
            number + (i < rows.length - 1 ? before + separator + after : before),
        )
        .join(""),
      numbers: rows.map(([number]) => number),
    }),
  );

/** Plain texts of numbers. Not with commas and semicolons both: the comma might be a decimal comma. */
export const plainText = fc.oneof(
  texts(",", " ", "\n", "\r\n", "\t"),
  texts(";", " ", "\n", "\r\n", "\t"),
  texts(", ", "; "),
);

const quoted = fc.oneof(
  { arbitrary: anyNumber, weight: 3 },
  anyNumber.map((number) => `"${number}"`),
);

/** Rows of fields with this between, each row with a line end. */
const rows = (separator: string) =>
  fc
    .array(fc.tuple(fc.array(quoted, { minLength: 1, maxLength: 4 }), fc.constantFrom("\n", "\r\n")), {
      minLength: 1,
    })
    .map(
      (rows): Written => ({
        text: rows.map(([fields, lineEnd]) => fields.join(separator) + lineEnd).join(""),
        numbers: rows.flatMap(([fields]) => fields.map((field) => field.replaceAll('"', ""))),
      }),
    );

/** CSV whose every field is a number, in double quotes or not. */
export const csv = fc.oneof(rows(","), rows(";"), rows(", "));

/** The same with tabs between the fields. */
export const tsv = rows("\t");

/** Lists as numpy and MATLAB print them. */
export const printedList = fc
  .array(fc.array(anyNumber, { minLength: 1 }), { minLength: 1, maxLength: 3 })
  .map(
    (lists): Written => ({
      text: `[${lists.map((list) => `[${list.join("  ")}]`).join("\n ")}]\n`,
      numbers: lists.flat(),
    }),
  );
