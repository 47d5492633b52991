import { isIP } from "node:net";
import proxyAddr from "@fastify/proxy-addr";
import rateLimit from "@fastify/rate-limit";
import type { FastifyRequest } from "fastify";

/** No request passes more proxies than this. A longer `X-Forwarded-For` is read only so far. */
const MOST_PROXIES = 10;

/** An address with a port, as some proxies write it: `192.0.2.1:4711`, `[2001:db8::1]:4711`; also without the port. */
const WITH_PORT = /^(?:\[([\da-f:.]+)\](?::\d+)?|([\d.]+):\d+)$/i;

/**
 * Decides for Fastify which proxies to believe.
 *
 * @param names addresses, networks, or the names that `TRUSTED_PROXIES` allows
 * @returns whether to trust an address; the first hop is 0
 */
export function trustProxies(names: readonly string[]): (address: string, hop: number) => boolean {
  const isTrusted = proxyAddr.compile([...names]);
  return (address, hop) => hop < MOST_PROXIES && isTrusted(withoutPort(address), hop);
}

/**
 * Who a client is, by its address: for IPv6 the network of 64 bits, all of which one client usually has. If a proxy does not
 * tell an address, the proxy is the client.
 *
 * @example
 * clientAddress(request); // "2001:db8:1:2::" for X-Forwarded-For: [2001:db8:1:2::3]:4711
 */
export function clientAddress({ ip, socket }: FastifyRequest): string {
  const address = withoutPort(ip);
  // A client that has hung up has no address.
  return rateLimit.normalizeIP(isIP(address) === 0 ? (socket.remoteAddress ?? "") : address);
}

function withoutPort(address: string): string {
  const [, inBrackets, beforePort] = WITH_PORT.exec(address) ?? [];
  return inBrackets ?? beforePort ?? address;
}
