import { SortedError } from "./errors.ts";
import { describe } from "./number-value.ts";

/** A document or a text: a string, or UTF-8. */
export type DocumentInput = string | Uint8Array | ArrayBuffer;

const LONE_SURROGATE = /\p{Surrogate}/u;
const NEVER_IN_UTF8 = 0xff;

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
    if (input instanceof Uint8Array || tag === "[object Uint8Array]") return input as Uint8Array;
    if (tag === "[object ArrayBuffer]") return new Uint8Array(input);
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
