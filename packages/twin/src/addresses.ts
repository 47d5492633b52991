/** The addresses that a cloud would choose, and the lengths of declared prefixes. */
import { addressIn, prefixLength, type Subnet, versionOf } from "@sorted/infra-check/reachability";

/** The router's address in each prefix of a subnet: the first, as in both clouds. */
export function routerAddresses({ prefixes }: Subnet): readonly string[] {
  return prefixes.map((prefix) => addressIn(prefix, 1));
}

/** The last address that a host can have in the subnet's IPv4 prefix. No other host of the model gets one so high. */
export function lastAddress({ name, prefixes }: Subnet): string {
  const prefix = prefixes.find((candidate) => versionOf(candidate) === 4);
  if (!prefix) throw new Error(`The subnet ${name} has no IPv4 prefix`);
  return addressIn(prefix, 2 ** (32 - prefixLength(prefix)) - 2);
}

/** An address, with the prefix length of the subnet that it is in. */
export function withLength(subnet: Subnet, address: string): string {
  const prefix = subnet.prefixes.find((candidate) => versionOf(candidate) === versionOf(address));
  if (!prefix) throw new Error(`The subnet ${subnet.name} has no prefix for ${address}`);
  return `${address}/${prefixLength(prefix)}`;
}
