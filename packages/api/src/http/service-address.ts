import type { FastifyRequest } from "fastify";

/** The path that a proxy strips. Traefik and others name it in a header. */
const PREFIX = /^(?:\/[\w.~%-]+)+$/;

/**
 * The address at which a client sees the service, as far as the proxies in front of it say.
 *
 * @param isTrusted Whether to believe what the nearest proxy says, by its address and its hop, 0.
 * @returns without a slash at the end
 * @example
 * serviceAddress(request, isTrusted); // "https://example.com/tools/sorted" for X-Forwarded-Prefix: /tools/sorted
 */
export function serviceAddress(
  { protocol, host, headers, socket }: FastifyRequest,
  isTrusted: (address: string, hop: number) => boolean,
): string {
  const prefix = String(headers["x-forwarded-prefix"] ?? "");
  const isBelieved = PREFIX.test(prefix) && isTrusted(socket.remoteAddress ?? "", 0);
  return `${protocol}://${host}${isBelieved ? prefix : ""}`;
}
