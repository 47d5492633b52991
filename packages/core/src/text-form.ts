import {
  COMMA,
  isWhiteSpace,
  LEFT_CURLY_BRACKET,
  LEFT_SQUARE_BRACKET,
  QUOTATION_MARK,
} from "./characters.ts";
import type { Grammar } from "./form.ts";
import { startOfContent } from "./utf8.ts";

/** How an input is read: by its grammar, or as a list that numpy or MATLAB has printed. */
export type Form = Grammar | "list";

/** What no list has that numpy or MATLAB has printed. */
const JSON_MARKS = [COMMA, QUOTATION_MARK, LEFT_CURLY_BRACKET];

/**
 * How an input is read. A text that begins with `{`, `[` or `"` is JSON: `fetch` sends JSON as `text/plain` where no type
 * is named. One that begins with `[` and has no comma, no quotation mark and no `{` is a list whose items are separated by
 * white space, as numpy and MATLAB print them.
 */
export function formOf(grammar: Grammar, bytes: Uint8Array): Form {
  if (grammar !== "text") return grammar;
  let start = startOfContent(bytes);
  while (isWhiteSpace(Number(bytes[start]))) start += 1;
  const first = bytes[start];
  if (first === LEFT_CURLY_BRACKET || first === QUOTATION_MARK) return "json";
  if (first !== LEFT_SQUARE_BRACKET) return "text";
  return JSON_MARKS.some((mark) => bytes.includes(mark, start)) ? "json" : "list";
}
