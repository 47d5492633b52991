const LONE_SURROGATE = /\p{Surrogate}/u;
const NEVER_IN_UTF8 = 0xff;

/**
 * An input as bytes. A lone surrogate has no UTF-8, and to let it become U+FFFD would be a silent change. The first one
 * becomes a byte that is not UTF-8, so that it is reported unless another fault comes before it.
 *
 * @throws {TypeError} for anything that is neither a string nor bytes
 */
export function toUtf8(input: string | Uint8Array): Uint8Array {
  if (typeof input !== "string") {
    if (!ArrayBuffer.isView(input)) throw new TypeError("expected a string or a Uint8Array");
    return input;
  }
  const encoder = new TextEncoder();
  const bytes = encoder.encode(input);
  const loneSurrogate = LONE_SURROGATE.exec(input);
  if (loneSurrogate !== null) {
    bytes[encoder.encode(input.slice(0, loneSurrogate.index)).length] = NEVER_IN_UTF8;
  }
  return bytes;
}
