import { isLineEnd } from "./form.ts";

const SPACE = 0x20;
const QUOTATION_MARK = 0x22;

/**
 * Where the record (RFC 4180) that begins at `start` ends: at a line end outside quotation marks. A field is in
 * quotation marks only if it begins with one. Undefined if the record goes on after these bytes.
 */
export function endOfRecord(
  bytes: Buffer,
  start: number,
  isSeparator: (byte: number) => boolean,
): number | undefined {
  let beginsField = true;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = Number(bytes[at]);
    if (isLineEnd(byte)) return at;
    if (beginsField && byte === QUOTATION_MARK) {
      const close = closingQuote(bytes, at);
      if (close === undefined) return undefined;
      at = close;
    }
    beginsField = isSeparator(byte) || (beginsField && byte === SPACE);
  }
  return undefined;
}

/** Where the first record begins: after a byte order mark and blank lines. */
export function startOfRecords(bytes: Buffer): number {
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let at = start; at < bytes.length; at += 1) {
    if (isLineEnd(bytes[at])) start = at + 1;
    else if (bytes[at] !== SPACE) return start;
  }
  return start;
}

/** Two quotation marks in a row mean one in the field. */
function closingQuote(bytes: Buffer, opening: number): number | undefined {
  for (let at = opening + 1; ; at += 2) {
    at = bytes.indexOf(QUOTATION_MARK, at);
    if (at < 0) return undefined;
    if (bytes[at + 1] !== QUOTATION_MARK) return at;
  }
}
