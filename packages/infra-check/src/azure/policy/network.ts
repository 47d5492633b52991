/** Rules on virtual networks, subnets, ways out and public addresses. */

import { items, part, type ResourceRule, type StackRule, wrongIf } from "../../policy/rule.ts";
import { isList } from "../../recorder/value.ts";
import { NAT_GATEWAY, PUBLIC_ADDRESS, SCALE_SET, SUBNET, VIRTUAL_NETWORK } from "../types/tokens.ts";

const inlineSubnets: ResourceRule = {
  name: "subnets-stand-alone",
  reason: "Subnets within a virtual network and subnets of their own undo each other at every update.",
  types: [VIRTUAL_NETWORK],
  violation: ({ props }) =>
    wrongIf(items(props["subnets"]).length > 0, "subnets must be resources of their own"),
  passes: [{ props: {} }, { props: { subnets: [] } }],
  breaks: [{ props: { subnets: [{ name: "machines" }] } }],
};

/** Azure takes no group on these. */
const withoutGroup = ["GatewaySubnet", "AzureFirewallSubnet", "AzureFirewallManagementSubnet"];

const subnetGroup: ResourceRule = {
  name: "subnets-have-a-security-group",
  reason: "A subnet without a group admits the whole virtual network, and what is put into it later as well.",
  types: [SUBNET],
  violation: ({ name, props: { subnetName = name, networkSecurityGroup } }) =>
    wrongIf(
      !withoutGroup.includes(String(subnetName)) && part(networkSecurityGroup)["id"] === undefined,
      "networkSecurityGroup must name a group",
    ),
  passes: [{ props: { networkSecurityGroup: { id: "group" } } }, { props: { subnetName: "GatewaySubnet" } }],
  breaks: [{ props: {} }, { props: { networkSecurityGroup: {} } }],
};

const wayOut: StackRule = {
  name: "machines-leave-by-nat-only",
  reason:
    "Default outbound access comes from an address of nobody's and is being retired; without it, machines need NAT to boot.",
  types: [SCALE_SET],
  violations: (subjects) => {
    if (!subjects.some(({ type }) => type === SCALE_SET)) return [];
    const subnets = subjects.filter(
      ({ type, props }) => type === SUBNET && part(props["natGateway"])["id"] !== undefined,
    );
    if (subnets.length === 0) return ["no subnet has a natGateway: the machines can't get out"];
    return subnets
      .filter(({ props }) => props["defaultOutboundAccess"] !== false)
      .map(({ name }) => `${name}: defaultOutboundAccess must be false`);
  },
  passes: [
    [],
    [{ type: SUBNET }],
    [
      { type: SCALE_SET },
      { type: SUBNET, props: { defaultOutboundAccess: false, natGateway: { id: "nat" } } },
    ],
  ],
  breaks: [
    [{ type: SCALE_SET }, { type: SUBNET, props: { defaultOutboundAccess: false } }],
    [{ type: SCALE_SET }, { type: SUBNET, props: { natGateway: { id: "nat" } } }],
  ],
};

const natAddress: ResourceRule = {
  name: "nat-has-an-address",
  reason: "Azure makes a NAT gateway without an address, and it carries nothing.",
  types: [NAT_GATEWAY],
  violation: ({ props: { publicIpAddresses, publicIpPrefixes } }) =>
    wrongIf(
      items(publicIpAddresses).length + items(publicIpPrefixes).length === 0,
      "publicIpAddresses must name one",
    ),
  passes: [
    { props: { publicIpAddresses: [{ id: "address" }] } },
    { props: { publicIpPrefixes: [{ id: "prefix" }] } },
  ],
  breaks: [{ props: {} }],
};

const addresses: ResourceRule = {
  name: "public-addresses-stay",
  reason:
    "Basic addresses are retired, dynamic ones change, and one in a single zone, or in none that is named, goes with it.",
  types: [PUBLIC_ADDRESS],
  violation: ({ props: { sku, publicIPAllocationMethod, zones } }) =>
    wrongIf(part(sku)["name"] !== "Standard", "sku.name must be Standard") ??
    wrongIf(publicIPAllocationMethod !== "Static", "publicIPAllocationMethod must be Static") ??
    wrongIf(!isList(zones) || zones.length < 2, "zones must name two or more"),
  passes: [{ props: address({}) }],
  breaks: [
    { props: address({ sku: { name: "Basic" } }) },
    { props: address({ publicIPAllocationMethod: "Dynamic" }) },
    { props: address({ zones: ["1"] }) },
  ],
};

function address(given: object) {
  return { sku: { name: "Standard" }, publicIPAllocationMethod: "Static", zones: ["1", "2", "3"], ...given };
}

export const networkRules = [inlineSubnets, subnetGroup, wayOut, natAddress, addresses];
