import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** The service keeps a body up to this size as it comes, and sorts it at once: waking a thread would take longer. */
export const MOST_SMALL_BYTES = 64 * 1024;

/** Reading a body this small to its end takes less time than a new connection. */
export const WORTH_READING_BYTES = 64 * 1024;

/** How many bytes the body of a request has: 0 without a body, Infinity if it comes in chunks (RFC 9112, section 6). */
function announcedBytes(headers: IncomingHttpHeaders): number {
  if (headers["transfer-encoding"] !== undefined) return Number.POSITIVE_INFINITY;
  return Number(headers["content-length"] ?? 0);
}

/** Whether a request announces a body of more bytes than this. One that comes in chunks does not. */
export function announcesMoreThan(maxBytes: number, headers: IncomingHttpHeaders): boolean {
  return Number(headers["content-length"]) > maxBytes;
}

/** Whether the head of a request is all of it. */
export function isWithoutBody({ headers }: Pick<IncomingMessage, "headers">): boolean {
  return announcedBytes(headers) === 0;
}

/** Whether a request's method allows it to have no body, and it has none. */
export function lacksBody(request: Pick<IncomingMessage, "headers" | "method">): boolean {
  return (request.method === "GET" || request.method === "HEAD") && isWithoutBody(request);
}

/** Whether a body may be too large to sort at once. The size of one that comes in chunks is not known. */
export function mayBeLarge({ headers }: IncomingMessage): boolean {
  return announcedBytes(headers) > MOST_SMALL_BYTES;
}

/** Whether more of the body is still to come than is worth reading when the request is answered. */
export function isLeftUnread(request: IncomingMessage): boolean {
  return !request.complete && announcedBytes(request.headers) > WORTH_READING_BYTES;
}
