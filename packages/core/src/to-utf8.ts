import { SortedError } from "./errors.ts";
import { describe } from "./number-value.ts";

/** A document or a text: a string, or UTF-8. */
export type DocumentInput = string | Uint8Array | ArrayBuffer;

const LONE_SURROGATE = /\p{Surrogate}/u;
const NEVER_IN_UTF8 = 0xff;

/** Byte order marks of UTF-16 (RFC 2781, section 3.2), which Excel and PowerShell write. */
const UTF_16 = [
  { mark: [0xff, 0xfe], encoding: "utf-16le" },
  { mark: [0xfe, 0xff], encoding: "utf-16be" },
] as const;

/**
 * Converts UTF-16 with a byte order mark to UTF-8, and returns other bytes as they are. Malformed UTF-16 is returned as it
 * is too: it is not UTF-8 either, so the reader refuses it. Faults have their places in the UTF-8.
 */
export function fromUtf16(bytes: Uint8Array): Uint8Array {
  const found = UTF_16.find(({ mark }) => mark.every((byte, i) => bytes[i] === byte));
  if (found === undefined) return bytes;
  try {
    const decoder = new TextDecoder(found.encoding, { fatal: true });
    return new TextEncoder().encode(decoder.decode(bytes));
  } catch {
    return bytes;
  }
}

/**
 * An input as bytes. A lone surrogate has no UTF-8, and to let it become U+FFFD would be a silent change. The first one
 * becomes a byte that is not UTF-8, so that it is reported unless another fault comes before it.
 *
 * @throws {SortedError} BAD_OPTION for anything but a string or bytes
 */
export function toUtf8(input: DocumentInput): Uint8Array {
  if (typeof input !== "string") {
    // The tag, as the class of another realm is another class.
    const tag = Object.prototype.toString.call(input);
    if (input instanceof Uint8Array || tag === "[object Uint8Array]") return fromUtf16(input as Uint8Array);
    if (tag === "[object ArrayBuffer]") return fromUtf16(new Uint8Array(input));
    throw new SortedError(
      "BAD_OPTION",
      `argument "document" must be a string, a Uint8Array or an ArrayBuffer, found ${describe(input)}`,
    );
  }
  const encoder = new TextEncoder();
  const bytes = encoder.encode(input);
  const loneSurrogate = LONE_SURROGATE.exec(input);
  if (loneSurrogate !== null) {
    bytes[encoder.encode(input.slice(0, loneSurrogate.index)).length] = NEVER_IN_UTF8;
  }
  return bytes;
}
