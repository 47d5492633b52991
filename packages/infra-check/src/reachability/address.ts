/** Arithmetic on IP addresses and prefixes in text, by ipaddr.js. */
import ipaddr from "ipaddr.js";
import type { IpVersion } from "./topology.ts";

type Parsed = ReturnType<typeof ipaddr.parseCIDR>;
const parsed = new Map<string, Parsed>();

/** Parsing dominates otherwise: the same few prefixes are compared tens of thousands of times. */
function parse(prefix: string): Parsed {
  const known = parsed.get(prefix);
  if (known) return known;
  if (!ipaddr.isValidCIDR(prefix) && !ipaddr.isValid(prefix)) throw new Error(`Not an IP prefix: ${prefix}`);
  const address = ipaddr.isValid(prefix) ? ipaddr.parse(prefix) : undefined;
  const value: Parsed = address ? [address, address.kind() === "ipv4" ? 32 : 128] : ipaddr.parseCIDR(prefix);
  parsed.set(prefix, value);
  return value;
}

/** The IP version of an address or a prefix. */
export function versionOf(addressOrPrefix: string): IpVersion {
  return parse(addressOrPrefix)[0].kind() === "ipv4" ? 4 : 6;
}

/** The length of a prefix in bits; of an address, all of them. */
export function prefixLength(prefix: string): number {
  return parse(prefix)[1];
}

/** Whether the prefix holds the address (or the whole of another prefix). */
export function holds(prefix: string, addressOrPrefix: string): boolean {
  const [network, length] = parse(prefix);
  const [address, addressLength] = parse(addressOrPrefix);
  if (network.kind() !== address.kind() || addressLength < length) return false;
  return address.match(network, length);
}

const ofNoHost: readonly string[] = ["unspecified", "broadcast", "multicast", "loopback"];

/** Whether a host can have the address: nobody has 0.0.0.0, for example. */
export function isOfHost(address: string): boolean {
  return !ofNoHost.includes(parse(address)[0].range());
}

/** The address `offset` places after the first of the prefix: `addressIn("10.0.1.0/24", 10)` is `10.0.1.10`. */
export function addressIn(prefix: string, offset: number): string {
  const [network, length] = parse(prefix);
  return text(first(network, length) + BigInt(offset), network.kind());
}

/** The first and the last address of a prefix, and their neighbours outside, where there are any. */
export function edges(prefix: string): readonly string[] {
  const [network, length] = parse(prefix);
  const bits = network.kind() === "ipv4" ? 32 : 128;
  const start = first(network, length);
  const end = start + (1n << BigInt(bits - length)) - 1n;
  return [start, end, start - 1n, end + 1n]
    .filter((value) => value >= 0n && value < 1n << BigInt(bits))
    .map((value) => text(value, network.kind()));
}

function first(address: Parsed[0], length: number): bigint {
  const bytes = address.toByteArray();
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const hostBits = BigInt(bytes.length * 8 - length);
  return (value >> hostBits) << hostBits;
}

function text(value: bigint, kind: "ipv4" | "ipv6"): string {
  const length = kind === "ipv4" ? 4 : 16;
  const bytes = Array.from({ length }, (_, index) =>
    Number((value >> BigInt(8 * (length - 1 - index))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
