import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** Up to so much of a body is kept as it comes, and sorted at once: it takes less time than to wake a thread. */
export const MOST_SMALL_BYTES = 64 * 1024;

/** What is this small is quicker read to its end than the connection is made anew. */
const WORTH_READING_BYTES = 64 * 1024;

/** How long the body of a request will be, in bytes: 0 without one, Infinity when it comes in chunks (RFC 9112, section 6). */
function announcedBytes(headers: IncomingHttpHeaders): number {
  if (headers["transfer-encoding"] !== undefined) return Number.POSITIVE_INFINITY;
  return Number(headers["content-length"] ?? 0);
}

/** Whether a request announces a body of more bytes; one that comes in chunks does not. */
export function announcesMoreThan(maxBytes: number, headers: IncomingHttpHeaders): boolean {
  return Number(headers["content-length"]) > maxBytes;
}

/** Whether nothing follows the head of a request. */
export function isWithoutBody({ headers }: Pick<IncomingMessage, "headers">): boolean {
  return announcedBytes(headers) === 0;
}

/** Whether a request may go without a body by its method, and does. */
export function lacksBody(request: Pick<IncomingMessage, "headers" | "method">): boolean {
  return (request.method === "GET" || request.method === "HEAD") && isWithoutBody(request);
}

/** Whether a body may be too large to be sorted at once; of one that comes in chunks that is not known. */
export function mayBeLarge({ headers }: IncomingMessage): boolean {
  return announcedBytes(headers) > MOST_SMALL_BYTES;
}

/** Whether a request is answered while more of its body is to come than is worth reading. */
export function isLeftUnread(request: IncomingMessage): boolean {
  return !request.complete && announcedBytes(request.headers) > WORTH_READING_BYTES;
}
