/** How many characters before and after the fault the page shows. */
const AROUND = 40;

/** A place in a text, as a person would look for it. */
export interface Excerpt {
  /** Index into the text's UTF-16 units. */
  readonly index: number;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** The same line: the text before the place, the character at it, and the text after it. */
  readonly before: string;
  readonly at: string;
  readonly after: string;
  /** The file that the place is in, if there are several. */
  readonly name?: string;
}

/**
 * Finds a place by its byte.
 *
 * @param bytes UTF-8; wrong bytes show as U+FFFD
 * @param offset a byte, from 0, as in the API's errors; at most the length
 * @example
 * excerptAt(new TextEncoder().encode('["é", x]'), 7); // { index: 6, column: 7, at: "x", … }
 */
export function excerptAt(bytes: Uint8Array, offset: number): Excerpt {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const index = decoder.decode(bytes.subarray(0, offset)).length;
  const lineStart = offset === 0 ? 0 : bytes.lastIndexOf(0x0a, offset - 1) + 1;
  // A line may be the whole of a large input.
  const shownStart = Math.max(lineStart, characterStart(bytes, offset - 4 * AROUND));
  const before = decoder.decode(bytes.subarray(shownStart, offset));
  const [line = ""] = decoder.decode(bytes.subarray(offset, offset + 8 * AROUND)).split("\n");
  const [at = "", ...after] = line;
  let lineNumber = 1;
  for (let i = bytes.indexOf(0x0a); i >= 0 && i < offset; i = bytes.indexOf(0x0a, i + 1)) lineNumber += 1;
  return {
    index,
    line: lineNumber,
    column: decoder.decode(bytes.subarray(lineStart, offset)).length + 1,
    before: shortened(before, shownStart > lineStart),
    at,
    after: after.length > AROUND ? `${after.slice(0, AROUND).join("")}…` : after.join(""),
  };
}

/** The first byte at or after this one that begins a character. */
function characterStart(bytes: Uint8Array, position: number): number {
  let start = Math.max(0, position);
  while (start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return start;
}

function shortened(before: string, isCut: boolean): string {
  const characters = Array.from(before);
  return isCut || characters.length > AROUND ? `…${characters.slice(-AROUND).join("")}` : before;
}
