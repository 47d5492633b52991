/** The plan of addresses: which ranges the subnets get, with room for more zones and further tiers. */
import { isCidr, partOfRange } from "@sorted/infra-kit";
import ipaddr from "ipaddr.js";

/** A VPC is cut into sixteen equal blocks: private subnets from the first on, public ones from the ninth. */
const bitsOfBlock = 4;
const firstPublicBlock = 8;

/**
 * Whether `text` is an IPv4 range that leaves each subnet the 32 addresses or more that a load balancer wants, and that is
 * nobody's on the Internet: a VPC reaches no others with its own addresses.
 */
export function isVpcCidr(text: string): boolean {
  if (!isCidr(text) || text.includes(":")) return false;
  const [address, prefix] = ipaddr.parseCIDR(text);
  return prefix >= 16 && prefix <= 23 && ["private", "carrierGradeNat"].includes(address.range());
}

/**
 * The range of the private subnet in a zone.
 *
 * @param zone counted from 0
 * @example
 * privateCidr("10.0.0.0/16", 1) // "10.0.16.0/20"
 */
export function privateCidr(vpcCidr: string, zone: number): string {
  return partOfRange(vpcCidr, bitsOfBlock, zone);
}

/**
 * The range of the public subnet in a zone.
 *
 * @param zone counted from 0
 * @example
 * publicCidr("10.0.0.0/16", 1) // "10.0.144.0/20"
 */
export function publicCidr(vpcCidr: string, zone: number): string {
  return partOfRange(vpcCidr, bitsOfBlock, firstPublicBlock + zone);
}

/**
 * The IPv6 range of the public subnet in a zone: the /64 with the zone's number.
 *
 * @param vpcIpv6Cidr the /56 that Amazon gave to the VPC
 * @param zone counted from 0
 * @example
 * publicIpv6Cidr("2001:db8:1234:1a00::/56", 1) // "2001:db8:1234:1a01::/64"
 */
export function publicIpv6Cidr(vpcIpv6Cidr: string, zone: number): string {
  const bytes = ipaddr.IPv6.networkAddressFromCIDR(vpcIpv6Cidr).toByteArray();
  bytes[7] = zone;
  return `${ipaddr.fromByteArray(bytes)}/64`;
}
