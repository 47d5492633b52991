/** Shows how the load balancer is declared. Can't show what it does with a packet. */
import { test } from "tap";
import { idIn, ofType, one, record } from "../configurations.ts";

const balancer = (kind: string, name: string) => ({
  id: idIn("ServerLB", `Network/loadBalancers/sorted/${kind}/${name}`),
});

test("a Standard load balancer with a static address, both in ServerLB", async (t) => {
  const program = await record("least");
  t.hasStrict(one(program, "network:LoadBalancer").inputs, {
    resourceGroupName: "ServerLB",
    loadBalancerName: "sorted",
    sku: { name: "Standard", tier: "Regional" },
    frontendIPConfigurations: [
      { name: "public", publicIPAddress: { id: idIn("ServerLB", "Network/publicIPAddresses/sorted") } },
    ],
    inboundNatPools: undefined,
  });
  t.equal(program.outputs["url"], "http://203.0.113.20");
  t.equal(program.outputs["ipAddress"], "203.0.113.20");
});

test("port 80 leads to port 80 of the machines; the way out is not its business, and a reset tells both ends", async (t) => {
  t.hasStrict(one(await record("least"), "network:LoadBalancer").inputs, {
    backendAddressPools: [{ name: "machines" }],
    loadBalancingRules: [
      {
        protocol: "Tcp",
        frontendPort: 80,
        backendPort: 80,
        frontendIPConfiguration: balancer("frontendIPConfigurations", "public"),
        backendAddressPool: balancer("backendAddressPools", "machines"),
        probe: balancer("probes", "ready"),
        disableOutboundSnat: true,
        enableTcpReset: true,
      },
    ],
  });
});

test("a machine that is not ready gets no more connections", async (t) => {
  t.hasStrict(one(await record("least"), "network:LoadBalancer").inputs, {
    probes: [
      {
        name: "ready",
        protocol: "Http",
        port: 80,
        requestPath: "/readyz",
        intervalInSeconds: 5,
        probeThreshold: 2,
      },
    ],
  });
});

test("inbound NAT rules: a port for each machine there can be, those that replace others included, to its port 8080", async (t) => {
  const ruleOf = async (settings: Record<string, unknown>) =>
    one(await record(settings), "network:LoadBalancer").inputs["inboundNatRules"];
  t.hasStrict(await ruleOf({}), [
    {
      frontendPortRangeStart: 50_000,
      // 4 machines, half as many again while an upgrade rolls, and for each the one that a repair makes beside it.
      frontendPortRangeEnd: 50_011,
      backendPort: 8080,
      protocol: "Tcp",
      frontendIPConfiguration: balancer("frontendIPConfigurations", "public"),
      backendAddressPool: balancer("backendAddressPools", "machines"),
      frontendPort: undefined,
    },
  ]);
  t.hasStrict(await ruleOf({ maxInstances: 9 }), [{ frontendPortRangeEnd: 50_027 }]);
});

test("the machines' network interfaces join its pool", async (t) => {
  t.hasStrict(one(await record("least"), "compute:VirtualMachineScaleSet").inputs, {
    virtualMachineProfile: {
      networkProfile: {
        networkInterfaceConfigurations: [
          {
            ipConfigurations: [
              {
                loadBalancerBackendAddressPools: [balancer("backendAddressPools", "machines")],
                applicationGatewayBackendAddressPools: [],
              },
            ],
          },
        ],
      },
    },
  });
});

test("there is no application gateway beside it, nor what only that would need", async (t) => {
  const program = await record("least");
  for (const type of ["network:ApplicationGateway", "network:WebApplicationFirewallPolicy"]) {
    t.strictSame(ofType(program, type), [], type);
  }
});

test("an internal one has the last address of the machines' subnet, in all zones, and none on the Internet", async (t) => {
  const program = await record("internal");
  t.strictSame(one(program, "network:LoadBalancer").inputs["frontendIPConfigurations"], [
    {
      name: "internal",
      subnet: { id: idIn("ServerVM", "Network/virtualNetworks/sorted/subnets/sorted-machines") },
      privateIPAllocationMethod: "Static",
      privateIPAddress: "10.0.15.254",
      zones: ["1", "2", "3"],
    },
  ]);
  t.match(program.outputs, {
    url: "http://10.0.15.254",
    ipAddress: "10.0.15.254",
    virtualNetworkId: idIn("ServerVM", "Network/virtualNetworks/sorted"),
  });
});
