/** Where in a text a byte is: computed when there is a fault, not while the text is read. */
import { CARRIAGE_RETURN, LINE_FEED, QUOTATION_MARK } from "./characters.ts";

/** The line of the byte at `offset`, from 1. Lines end with LF, CR or both. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i += 1) if (isLineEnd(bytes, i)) line += 1;
  return line;
}

/** The field that the byte at `offset` belongs to, from 1: how many separators precede it on its line, and one. */
export function columnAt(bytes: Uint8Array, offset: number, separators: readonly number[]): number {
  let start = offset;
  while (start > 0 && !isLineEnd(bytes, start - 1)) start -= 1;
  let column = 1;
  let isQuoted = false;
  for (let i = start; i < offset; i += 1) {
    const byte = Number(bytes[i]);
    if (byte === QUOTATION_MARK) isQuoted = !isQuoted;
    else if (!isQuoted && separators.includes(byte)) column += 1;
  }
  return column;
}

function isLineEnd(bytes: Uint8Array, i: number): boolean {
  return bytes[i] === LINE_FEED || (bytes[i] === CARRIAGE_RETURN && bytes[i + 1] !== LINE_FEED);
}
