import type { IncomingHttpHeaders } from "node:http";

/** How long the body of a request will be, in bytes: 0 without one, Infinity when it comes in chunks (RFC 9112, section 6). */
export function announcedBytes(headers: IncomingHttpHeaders): number {
  if (headers["transfer-encoding"] !== undefined) return Number.POSITIVE_INFINITY;
  return Number(headers["content-length"] ?? 0);
}
