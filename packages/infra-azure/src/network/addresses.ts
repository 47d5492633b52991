/** The plan of addresses: which ranges the subnets get, with room for further ones. */
import { isCidr, partOfRange } from "@sorted/infra-kit";

/** A virtual network is cut into sixteen equal blocks: the machines get the first, what faces clients the ninth. */
const bitsOfBlock = 4;
const gatewayBlock = 8;
const bastionBlock = 9;

/** Whether `text` is an IPv4 range whose sixteenth is the /26 or larger that gateway and Bastion want. */
export function isVnetCidr(text: string): boolean {
  if (!isCidr(text) || text.includes(":")) return false;
  const prefix = Number(text.split("/")[1]);
  return prefix >= 16 && prefix <= 22;
}

/**
 * The last address of a range that a subnet can give: Azure keeps the very last, and gives machines the first ones.
 *
 * @example
 * lastAddressOf("10.0.0.0/20") // "10.0.15.254"
 */
export function lastAddressOf(range: string): string {
  const bits = 32 - Number(range.split("/")[1]);
  return partOfRange(range, bits, 2 ** bits - 2).replace("/32", "");
}

/** The ranges of the subnets, whether they are all used or not. */
export interface Ranges {
  readonly machines: string;
  readonly gateway: string;
  readonly bastion: string;
}

/**
 * The ranges of a virtual network's subnets.
 *
 * @example
 * rangesOf("10.0.0.0/16") // { machines: "10.0.0.0/20", gateway: "10.0.128.0/20", bastion: "10.0.144.0/20" }
 */
export function rangesOf(vnetCidr: string): Ranges {
  return {
    machines: partOfRange(vnetCidr, bitsOfBlock, 0),
    gateway: partOfRange(vnetCidr, bitsOfBlock, gatewayBlock),
    bastion: partOfRange(vnetCidr, bitsOfBlock, bastionBlock),
  };
}

/**
 * How many machines the machines' subnet has addresses for; Azure keeps five.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
 */
export function machineAddresses(vnetCidr: string): number {
  const prefix = Number(rangesOf(vnetCidr).machines.split("/")[1]);
  return 2 ** (32 - prefix) - 5;
}
