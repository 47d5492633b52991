/**
 * Shows that the check of reachability finds what it is there for: each test makes one mistake in what the program declares
 * and reads the sentence that names it.
 */
import { expectations } from "@sorted/infra-check";
import { declared, translateAzure } from "@sorted/infra-check/azure";
import { test } from "tap";
import { type Change, replace, replaced } from "./changes.ts";
import { type Configuration, record } from "./configurations.ts";
import { guarantees } from "./guarantees.ts";

const groups = "azure-native:network:NetworkSecurityGroup";
const subnets = "azure-native:network:Subnet";
const scaleSets = "azure-native:compute:VirtualMachineScaleSet";
const balancers = "azure-native:network:LoadBalancer";

interface Mutation {
  readonly title: string;
  readonly configuration?: Configuration;
  readonly change: Change;
  readonly found: RegExp;
}

const clientRule = /"allow-clients","priority":100,"protocol":"Tcp","sourceAddressPrefix":"Internet"/g;
const deny = /,\{"access":"Deny"[^}]*"deny-inbound"[^}]*\}/g;

const mutations: readonly Mutation[] = [
  {
    title: "port 80 is open to the tag AzureLoadBalancer alone, which drops every client",
    change: replace(
      groups,
      clientRule,
      '"allow-clients","priority":100,"protocol":"Tcp","sourceAddressPrefix":"AzureLoadBalancer"',
    ),
    found: /^TCP 80 over IPv4: the Internet .* stopped: 4096 deny-inbound of sorted-balancer$/,
  },
  {
    title: "the rule that denies the rest is missing, so that Azure's own let its platform in on every port",
    change: replace(groups, deny, ""),
    found: /^TCP over IPv4: Azure's health probes .* > instance 1 in sorted-machines$/,
  },
  {
    title: "the rule that denies comes first",
    change: replace(groups, /"deny-inbound","priority":4096/g, '"deny-inbound","priority":99'),
    found: /^TCP 80 over IPv4: the Internet .* stopped: 99 deny-inbound of sorted-balancer$/,
  },
  {
    title: "probes are not admitted",
    change: replace(
      groups,
      /"sourceAddressPrefix":"AzureLoadBalancer"/g,
      '"sourceAddressPrefix":"192.0.2.9"',
    ),
    found: /^sorted can't ask instance 1 in sorted-machines whether it is healthy$/,
  },
  {
    title: "machines admit the Internet on every port, and have public addresses",
    change: (records) =>
      replaced(
        replaced(records, groups, /"destinationPortRange":"80"/g, '"destinationPortRange":"*"'),
        scaleSets,
        /"primary":true,"privateIPAddressVersion"/,
        '"primary":true,"publicIPAddressConfiguration":{"name":"public"},"privateIPAddressVersion"',
      ),
    found:
      /^TCP 0-79 over IPv4: the Internet .* > instance 1 in sorted-machines$|^TCP over IPv4: the Internet/,
  },
  {
    title: "machines may send anything out",
    change: replace(groups, /,\{"access":"Deny"[^}]*"deny-outbound"[^}]*\}/, ""),
    found: /^UDP over IPv4: instance 1 in sorted-machines > .* > NAT gateway sorted > the Internet/,
  },
  {
    title: "the subnet has no NAT gateway",
    change: replace(subnets, /"natGateway":\{[^}]*\},/, ""),
    found: /^instance 1 in sorted-machines has no way out by nat$/,
  },
  {
    title: "the subnet has no NAT gateway, and keeps Azure's default outbound access",
    change: replace(
      subnets,
      /"defaultOutboundAccess":false,"natGateway":\{[^}]*\}/,
      '"defaultOutboundAccess":true',
    ),
    found:
      /^TCP 443 over IPv4: instance 1 in sorted-machines > .* > undeclared outbound access > the Internet/,
  },
  {
    title: "a group is on the subnet only, and that one lets more in",
    change: (records) =>
      replaced(replaced(records, scaleSets, /"networkSecurityGroup":\{[^}]*\},/, ""), groups, deny, ""),
    found: /^TCP over IPv4: instance 1 in sorted-machines > .*instance 2 in sorted-machines$/,
  },
  {
    title: "machines are in no pool",
    change: replace(
      scaleSets,
      /"loadBalancerBackendAddressPools":\[[^\]]*\]/,
      '"loadBalancerBackendAddressPools":[]',
    ),
    found: /^sorted sends no request to instance 1 in sorted-machines on port 80$/,
  },
  {
    title: "the balancer listens on another port",
    change: replace(balancers, /"frontendPort":80/, '"frontendPort":8000'),
    found: /^sorted listens on 8000, guaranteed are 80$/,
  },
  {
    title: "inbound NAT rules lead to the port of shells",
    change: replace(balancers, /"backendPort":8080/, '"backendPort":22'),
    found: /^sorted leads to port 22 of single instances$/,
  },
  {
    title: "inbound NAT rules have fewer ports than there are machines",
    change: replace(balancers, /"frontendPortRangeEnd":\d+/, '"frontendPortRangeEnd":50000'),
    found: /^sorted has too few ports, 50000-50000, for its instances$/,
  },
  {
    title: "the port of inbound NAT rules is closed to those who may use it",
    configuration: "nat",
    change: replace(groups, /"destinationPortRange":"8080"/g, '"destinationPortRange":"8081"'),
    found: /^198\.51\.100\.0\/24 does not reach instance 1 in sorted-machines by sorted on port 8080$/,
  },
  {
    title: "machines behind an application gateway admit the Internet, and have public addresses",
    configuration: "applicationGateway",
    change: (records) =>
      replaced(
        replaced(records, groups, /"sourceAddressPrefix":"10\.0\.128\.0\/20"/g, '"sourceAddressPrefix":"*"'),
        scaleSets,
        /"primary":true,"privateIPAddressVersion"/,
        '"primary":true,"publicIPAddressConfiguration":{"name":"public"},"privateIPAddressVersion"',
      ),
    found: /^TCP 80 over IPv4: the Internet .* > instance 1 in sorted-machines$/,
  },
  {
    title: "a bastion can't reach the machines",
    configuration: "bastion",
    change: replace(groups, /"destinationPortRange":"22"/g, '"destinationPortRange":"23"'),
    found: /^no bastion opens a shell on instance 1 in sorted-machines by TCP 22$/,
  },
  {
    title: "the Internet reaches the ports by which a bastion's parts talk to each other",
    configuration: "bastion",
    change: replace(
      groups,
      /"name":"allow-bastion","priority":130,"protocol":"\*","sourceAddressPrefix":"VirtualNetwork"/,
      '"name":"allow-bastion","priority":130,"protocol":"*","sourceAddressPrefix":"Internet"',
    ),
    found: /^TCP 8080 over IPv4: the Internet .* > Bastion in sorted$/,
  },
  {
    title: "a gateway reaches every port of a bastion beside it",
    configuration: "gatewayAndBastion",
    change: replace(
      groups,
      /"destinationPortRanges":\["8080","5701"\],"direction":"Inbound"/,
      '"destinationPortRange":"*","direction":"Inbound"',
    ),
    found: /^TCP over IPv4: application gateway in sorted-gateway > .* > Bastion in sorted$/,
  },
  {
    title: "a bastion reaches more of the machines than shells",
    configuration: "bastion",
    change: (records) =>
      replaced(
        replaced(records, groups, /"destinationPortRanges":\["22","3389"\]/, '"destinationPortRange":"*"'),
        groups,
        /"destinationPortRange":"22"/g,
        '"destinationPortRange":"0-1023"',
      ),
    found: /^TCP 0-1023 over IPv4: Bastion in sorted > .* > instance 1 in sorted-machines$/,
  },
  {
    title: "a bastion reaches any port of the Internet",
    configuration: "bastion",
    change: replace(
      groups,
      /"destinationPortRange":"80","direction":"Outbound","name":"allow-sessions"/,
      '"destinationPortRange":"*","direction":"Outbound","name":"allow-sessions"',
    ),
    found: /^TCP over IPv4: Bastion in sorted > .* > the Internet/,
  },
];

for (const { title, configuration = "least", change, found } of mutations) {
  test(`found: ${title}`, async (t) => {
    const { resources } = await record(configuration);
    const violations = expectations(translateAzure(change(resources)), guarantees[configuration]).flatMap(
      (expectation) => expectation.violations,
    );
    t.ok(
      violations.some((violation) => found.test(violation)),
      `${found}`,
      { violations },
    );
  });
}

test("what could open a path and is not understood stops the check", async (t) => {
  const { resources } = await record("least");
  const peering = declared("azure-native:network:VirtualNetworkPeering", "other", {
    resourceGroupName: "ServerVM",
    virtualNetworkName: "sorted",
  });
  t.throws(() => translateAzure([...resources, peering]), /VirtualNetworkPeering "other"/);
  const routed = replaced(resources, subnets, /"natGateway"/, '"routeTable":{"id":"other"},"natGateway"');
  t.throws(() => translateAzure(routed), /routeTable is not understood/);
  const tagged = replaced(
    resources,
    groups,
    /"sourceAddressPrefix":"Internet"/,
    '"sourceAddressPrefix":"Storage"',
  );
  t.throws(() => translateAzure(tagged), /names Storage, of which nothing is known/);
  const twice = replaced(resources, groups, /"priority":110/, '"priority":100');
  t.throws(() => translateAzure(twice), /two rules of direction Inbound with priority 100/);
});
