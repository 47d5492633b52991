/**
 * How an answer is written: `json` is `{"sorted":[1,2]}`; `json-strings` is `{"sorted":["1","2"]}`, for readers whose
 * JSON parser would lose digits; `text` has a number and LF each, `csv` a number and CRLF each.
 */
export type Format = "json" | "json-strings" | "text" | "csv";

/** What stands before, between and after the numbers, and the whole answer if there are no numbers. */
interface Layout<Part> {
  readonly head: Part;
  readonly separator: Part;
  readonly tail: Part;
  readonly empty: Part;
}

type Layouts<Part> = { readonly [format in Format]: Layout<Part> };

const LAYOUTS: Layouts<string> = {
  json: { head: '{"sorted":[', separator: ",", tail: "]}", empty: '{"sorted":[]}' },
  "json-strings": { head: '{"sorted":["', separator: '","', tail: '"]}', empty: '{"sorted":[]}' },
  text: { head: "", separator: "\n", tail: "\n", empty: "" },
  csv: { head: "", separator: "\r\n", tail: "\r\n", empty: "" },
};

/** The layouts in UTF-8. */
export const ENCODED_LAYOUTS: Layouts<Uint8Array> = {
  json: encode(LAYOUTS.json),
  "json-strings": encode(LAYOUTS["json-strings"]),
  text: encode(LAYOUTS.text),
  csv: encode(LAYOUTS.csv),
};

function encode({ head, separator, tail, empty }: Layout<string>): Layout<Uint8Array> {
  const encoder = new TextEncoder();
  return {
    head: encoder.encode(head),
    separator: encoder.encode(separator),
    tail: encoder.encode(tail),
    empty: encoder.encode(empty),
  };
}
