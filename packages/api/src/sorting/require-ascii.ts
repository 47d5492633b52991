import { SortedError } from "@sorted/core";

/**
 * Checks a body in a charset of which the service reads only ASCII.
 *
 * @throws {SortedError} INVALID_UTF8 at the first byte beyond ASCII
 */
export function requireAscii(body: Uint8Array, charset: string): void {
  const offset = body.findIndex((byte) => byte >= 0x80);
  // What gzip has compressed has a better reason, which the sort gives.
  if (offset < 0 || (body[0] === 0x1f && body[1] === 0x8b)) return;
  throw new SortedError(
    "INVALID_UTF8",
    `the charset ${charset} is read as far as it is ASCII, and this byte is not; send the body in UTF-8`,
    { offset },
  );
}
