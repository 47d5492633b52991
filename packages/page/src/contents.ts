import type { InputType } from "@sorted/contract";

/** How to read an input; `auto` looks at its beginning. */
export type InputKind = "auto" | InputType;

const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const JSON_BEGINNINGS = new Set(Array.from('{["', (character) => character.charCodeAt(0)));

/**
 * The type of an input: JSON if it begins like a document with more than one number, otherwise text. Text includes one
 * number alone.
 *
 * @example
 * contentTypeOf(new TextEncoder().encode("3, 1")); // "text/plain"
 */
export function contentTypeOf(bytes: Uint8Array, kind: InputKind = "auto"): InputType {
  if (kind !== "auto") return kind;
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const first = bytes.subarray(hasMark ? 3 : 0).find((byte) => !WHITE_SPACE.has(byte));
  // The API reports an empty input best as JSON. A word is a fault in both types.
  return first === undefined || JSON_BEGINNINGS.has(first) ? "application/json" : "text/plain";
}
