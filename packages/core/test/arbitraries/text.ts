import fc from "fast-check";
import { anyNumber } from "./number.ts";
import { type Written, whiteSpace } from "./written.ts";

/** Plain texts of numbers. */
export const plainText = fc
  .array(fc.tuple(anyNumber, whiteSpace, fc.constantFrom(",", ";", " ", "\n", "\r\n", "\t"), whiteSpace), {
    minLength: 1,
  })
  .map(
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
