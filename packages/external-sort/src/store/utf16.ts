/**
 * UTF-16 with a byte order mark (RFC 2781, section 3.2), which Excel and PowerShell write. It is read as UTF-8, chunk by
 * chunk; `utf16BytesOf` leads back to places in the file.
 */

/** How the bytes of an input stand for its characters. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** How many first bytes tell the encoding. */
export const MARK_BYTES = 2;

const LONE_SURROGATES = /\p{Surrogate}/gu;
const NEVER_IN_UTF8 = 0xff;

/** The encoding of an input with these first bytes. */
export function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/**
 * Converts UTF-16 to UTF-8. The byte order mark stays, in UTF-8. What is not UTF-16 (half of a pair, half of a unit at the
 * end) becomes a byte that is not UTF-8, so that it is reported unless another fault comes before it.
 */
export async function* utf8FromUtf16(
  chunks: AsyncIterable<Uint8Array>,
  encoding: "utf-16le" | "utf-16be",
): AsyncGenerator<Uint8Array, void, undefined> {
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    // A copy, as a unit must be turned around, and may lie in two chunks.
    const bytes = Buffer.concat([rest, chunk]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
    const isCut = endsWithHalfAPair(whole, encoding);
    const taken = whole.subarray(0, whole.length - (isCut ? 2 : 0));
    rest = bytes.subarray(taken.length);
    if (taken.length > 0) yield utf8Of(taken, encoding);
  }
  if (rest.length >= 2) yield utf8Of(Buffer.from(rest.subarray(0, 2)), encoding);
  if (rest.length % 2 === 1) yield Uint8Array.of(NEVER_IN_UTF8);
}

/** How many bytes this much UTF-8 took as UTF-16: a pair of units for what takes four bytes in UTF-8. */
export function utf16BytesOf(utf8: Uint8Array): number {
  let units = 0;
  for (const byte of utf8) {
    if ((byte & 0xc0) === 0x80) continue;
    units += byte >= 0xf0 && byte !== NEVER_IN_UTF8 ? 2 : 1;
  }
  return 2 * units;
}

/** Whether the last unit needs one that has not come yet. */
function endsWithHalfAPair(whole: Buffer, encoding: "utf-16le" | "utf-16be"): boolean {
  const high = whole.at(encoding === "utf-16le" ? -1 : -2);
  return high !== undefined && high >= 0xd8 && high < 0xdc;
}

/** @param units whole units; this may turn them around */
function utf8Of(units: Buffer, encoding: "utf-16le" | "utf-16be"): Uint8Array {
  const text = (encoding === "utf-16be" ? units.swap16() : units).toString("utf16le");
  // A lone surrogate becomes U+FFFD, which has three bytes too.
  const utf8 = Buffer.from(text);
  if (text.isWellFormed()) return utf8;
  for (const { index } of text.matchAll(LONE_SURROGATES))
    utf8[Buffer.byteLength(text.slice(0, index))] = NEVER_IN_UTF8;
  return utf8;
}
