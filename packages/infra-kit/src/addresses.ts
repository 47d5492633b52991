/** Ranges of addresses, and how a network's range is divided. */
import ipaddr from "ipaddr.js";

/** Whether `text` is an IPv4 or IPv6 range without host bits. */
export function isCidr(text: string): boolean {
  if (!/^(\d+\.){3}\d+\/\d+$|^[\da-f:]+\/\d+$/i.test(text) || !ipaddr.isValidCIDR(text)) return false;
  const [address] = ipaddr.parseCIDR(text);
  const network = address instanceof ipaddr.IPv4 ? ipaddr.IPv4 : ipaddr.IPv6;
  return network.networkAddressFromCIDR(text).toNormalizedString() === address.toNormalizedString();
}

/**
 * One of the equal parts of an IPv4 range.
 *
 * @param bits how many parts there are, as a power of two: 4 for sixteen
 * @param number which part, counted from 0
 * @example
 * partOfRange("10.0.0.0/16", 4, 1) // "10.0.16.0/20"
 */
export function partOfRange(cidr: string, bits: number, number: number): string {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const first = Buffer.from(address.toByteArray()).readUInt32BE() + number * 2 ** (32 - prefix - bits);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(first);
  return `${bytes.join(".")}/${prefix + bits}`;
}

/** Whether two IPv4 ranges have addresses in common. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [ipaddr.IPv4.parseCIDR(one), ipaddr.IPv4.parseCIDR(other)];
  return a[0].match(b) || b[0].match(a);
}
