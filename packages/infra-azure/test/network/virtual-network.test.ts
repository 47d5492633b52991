/** Shows how the network is declared. What that means for who reaches whom, reachability.test.ts computes. */
import { test } from "tap";
import { configurations, idIn, ofType, one, record } from "../configurations.ts";

test("a virtual network with a private subnet: its machines have no way out but a NAT gateway", async (t) => {
  const program = await record("least");
  t.hasStrict(one(program, "network:VirtualNetwork").inputs, {
    resourceGroupName: "ServerVM",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    subnets: undefined,
  });
  t.hasStrict(one(program, "network:Subnet").inputs, {
    addressPrefix: "10.0.0.0/20",
    defaultOutboundAccess: false,
    natGateway: { id: idIn("ServerVM", "Network/natGateways/sorted") },
  });
});

test("the NAT gateway has an address of its own, which others can be told", async (t) => {
  const program = await record("least");
  t.hasStrict(one(program, "network:NatGateway").inputs, {
    sku: { name: "Standard" },
    publicIpAddresses: [{ id: idIn("ServerVM", "Network/publicIPAddresses/sorted-outbound") }],
  });
  t.equal(program.outputs["outboundAddress"], "203.0.113.20");
});

test("every public address is static, Standard and in all zones", async (t) => {
  const addresses = ofType(await record("gatewayAndBastion"), "network:PublicIPAddress");
  t.equal(addresses.length, 3);
  for (const { name, inputs } of addresses) {
    t.hasStrict(
      inputs,
      {
        sku: { name: "Standard", tier: "Regional" },
        publicIPAllocationMethod: "Static",
        publicIPAddressVersion: "IPv4",
        zones: ["1", "2", "3"],
      },
      name,
    );
  }
});

test("a small virtual network leaves a /26 for each subnet, the least that gateway and Bastion take", async (t) => {
  const program = await record({ ...configurations.gatewayAndBastion, vnetCidr: "192.168.4.0/22" });
  const subnets = ofType(program, "network:Subnet").map(({ inputs }) => inputs["addressPrefix"]);
  t.strictSame(subnets.toSorted(), ["192.168.4.0/26", "192.168.6.0/26", "192.168.6.64/26"]);
});

test("subnets are made one after another: Azure refuses two changes of a virtual network at a time", async (t) => {
  const program = await record("gatewayAndBastion");
  const after = (name: string) =>
    ofType(program, "network:Subnet")
      .find((subnet) => subnet.name === name)
      ?.options.dependencies.filter((urn) => urn.includes("network:Subnet"))
      .map((urn) => urn.split("::").at(-1));
  t.strictSame(after("sorted-gateway"), ["sorted-machines"]);
  t.strictSame(after("sorted"), ["sorted-gateway", "sorted-machines"]);
});

test("Bastion: the tier that a command line can use, in the subnet of the name that Azure wants", async (t) => {
  const program = await record("bastion");
  t.hasStrict(one(program, "network:BastionHost").inputs, {
    sku: { name: "Standard" },
    enableTunneling: true,
    ipConfigurations: [
      {
        subnet: { id: idIn("ServerVM", "Network/virtualNetworks/sorted/subnets/AzureBastionSubnet") },
        publicIPAddress: { id: idIn("ServerVM", "Network/publicIPAddresses/sorted") },
      },
    ],
  });
  t.equal(program.outputs["bastionName"], "sorted");
});
