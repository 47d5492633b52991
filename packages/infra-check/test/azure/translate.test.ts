/**
 * Shows that resources of Azure become the network that Azure would make of them. What Azure makes of them is stated from
 * its documentation; no Azure was asked.
 */
import { test } from "tap";
import { declared } from "../../src/azure/cloud.ts";
import { translateAzure } from "../../src/azure/translate.ts";
import * as types from "../../src/azure/types/tokens.ts";
import { connections, connectionText } from "../../src/reachability/connections.ts";
import { expectations } from "../../src/reachability/expectations.ts";
import { GUARANTEES, type Guarantees } from "../../src/reachability/guarantees.ts";
import { changed } from "../../src/recorder/declared.ts";
import type { RecordedResource } from "../../src/recorder/monitor.ts";
import { idOf } from "../../src/recorder/records.ts";
import type { Properties } from "../../src/recorder/value.ts";
import {
  bastionRecords,
  exampleRecords,
  gatewayRecords,
  machineRules,
  natRule,
  profile,
  requestRule,
  routing,
  rule,
} from "./example.ts";

const loadBalancer: Guarantees = {
  ...GUARANTEES,
  clientRanges: ["0.0.0.0/0"],
  outPorts: [80, 443],
  forwards: { instancePort: 8080, ranges: [] },
};

function violations(records: readonly RecordedResource[], guarantees: Guarantees): readonly string[] {
  return expectations(translateAzure(records), guarantees).flatMap((expectation) => expectation.violations);
}

/** The connections that match, each in one line. */
function open(records: readonly RecordedResource[], pattern: RegExp): readonly string[] {
  return connections(translateAzure(records, { instances: 1 }))
    .map(connectionText)
    .filter((text) => pattern.test(text));
}

/** The example with other rules for its machines, on network interface and subnet. */
function ruled(...securityRules: readonly Properties[]): readonly RecordedResource[] {
  return changed(exampleRecords, { type: types.SECURITY_GROUP }, { securityRules });
}

const machines = { type: types.SCALE_SET };
const subnet = { type: types.SUBNET, name: "machines" };
const noGroup = { networkSecurityGroup: null };

test("a network as it should be keeps every guarantee", async (t) => {
  t.strictSame(violations(exampleRecords, loadBalancer), []);
  const { forwards: _, ...gateway } = loadBalancer;
  t.strictSame(violations(gatewayRecords, { ...gateway, balancerReachesOut: true }), []);
});

const healthCheck = {
  path: "/readyz",
  intervalSeconds: 5,
  timeoutSeconds: 5,
  unhealthyAfter: 2,
  healthyAfter: 2,
};

test("a load balancer passes packets on: at the machine the sender is the client", async (t) => {
  t.match(translateAzure(exampleRecords).balancers, [
    {
      mode: "passThrough",
      hosts: [],
      listeners: [{ port: 80, backend: { port: 80, healthCheck } }],
      forwards: [{ ports: { first: 50_000, last: 50_003 }, port: 8080 }],
      prober: "probes",
    },
  ]);
  const [, probesOnly] = machineRules;
  t.strictSame(
    open(ruled(probesOnly ?? {}, rule("deny", 4096, { access: "Deny" })), /^TCP.*the Internet.*instance/),
    [],
  );
});

test("a balancer without a probe has no one to ask for its machines' health", async (t) => {
  const { probe: _, ...unprobed } = requestRule;
  const [balancer] = translateAzure(
    changed(exampleRecords, { type: types.LOAD_BALANCER }, { loadBalancingRules: [unprobed] }),
  ).balancers;
  t.equal(balancer?.prober, undefined);
});

test("an application gateway is a proxy in its subnet; a listener may redirect", async (t) => {
  t.match(translateAzure(gatewayRecords).balancers, [
    {
      mode: "proxy",
      listeners: [
        {
          port: 80,
          backend: { port: 80, healthCheck: { ...healthCheck, timeoutSeconds: 4, healthyAfter: 1 } },
        },
      ],
    },
  ]);
  t.strictSame(open(gatewayRecords, /^TCP 80 .*instance/), [
    "TCP 80 over IPv4: application gateway in gateway > gateway > machines > instance 1 in machines",
    "TCP 80 over IPv4: instance 1 in machines > machines > NAT gateway nat > the Internet (198.51.100.1)",
    "TCP 80 over IPv4: instance 1 in machines > machines > NAT gateway nat > Azure's gateway manager (192.0.2.0)",
  ]);
  const { backendAddressPool: _, backendHttpSettings: __, ...rest } = routing;
  const redirecting = [{ ...rest, redirectConfiguration: { id: "to-https" } }];
  const redirected = changed(
    gatewayRecords,
    { type: types.APPLICATION_GATEWAY },
    { requestRoutingRules: redirecting },
  );
  t.equal(translateAzure(redirected).balancers[0]?.listeners[0]?.backend, undefined);
  const unprobed = [{ name: "http", port: 80 }];
  const silent = changed(
    gatewayRecords,
    { type: types.APPLICATION_GATEWAY },
    { backendHttpSettingsCollection: unprobed },
  );
  t.equal(translateAzure(silent).balancers[0]?.listeners[0]?.backend?.healthCheck, undefined);
});

test("the rule with the smallest number decides, wherever it is written", async (t) => {
  const ssh = { destinationPortRange: "22", protocol: "*" };
  const opened = rule("ssh", 200, { ...ssh, sourceAddressPrefix: "10.0.0.0/24" });
  const out = rule("ssh-out", 200, { ...ssh, direction: "Outbound" });
  const within = /^TCP 22 over IPv4: instance 1 .* instance 2/;
  const both = translateAzure(ruled(...machineRules, opened, out));
  t.equal(
    connections(both)
      .map(connectionText)
      .filter((text) => within.test(text)).length,
    1,
  );
  const denied = rule("no-ssh", 150, { ...ssh, access: "Deny" });
  const closed = translateAzure(ruled(...machineRules, opened, out, denied));
  t.equal(
    connections(closed)
      .map(connectionText)
      .filter((text) => within.test(text)).length,
    0,
  );
});

test("without rules, Azure's own let the network in, and everything out", async (t) => {
  const found = connections(translateAzure(ruled())).map(connectionText);
  const from1 = "over IPv4: instance 1 in machines > machines >";
  t.ok(found.includes(`TCP ${from1} instance 2 in machines`));
  t.ok(found.includes(`UDP ${from1} NAT gateway nat > the Internet (198.51.100.1)`));
  t.notOk(
    found.some((text) => /: the Internet.*instance/.test(text)),
    "not the Internet",
  );
});

test("a rule holds for the receivers that it names", async (t) => {
  const to = (destinationAddressPrefix: string) =>
    open(
      ruled(rule("clients", 100, { sourceAddressPrefix: "Internet", destinationAddressPrefix })),
      /^TCP 80 .*: the Internet/,
    ).length;
  t.equal(to("10.0.0.0/24"), 1);
  t.equal(to("10.0.9.0/24"), 0);
  t.equal(to("VirtualNetwork"), 1);
  t.equal(to("Internet"), 0, "no machine has an address of the Internet");
});

test("the group of the subnet and that of the network interface must both let a packet pass", async (t) => {
  const clients = /^TCP 80 .*: the Internet/;
  const closed = declared(types.SECURITY_GROUP, "closed", {
    resourceGroupName: "ServerVM",
    securityRules: [rule("deny", 100, { access: "Deny" })],
  });
  const shut = { networkSecurityGroup: { id: idOf(closed) } };
  const records = [...exampleRecords, closed];
  t.equal(open(records, clients).length, 1);
  t.equal(open(changed(records, subnet, shut), clients).length, 0);
  t.equal(open(changed(records, machines, profile(shut, {})), clients).length, 0);
  t.equal(open(changed(records, subnet, noGroup), clients).length, 1, "the network interface's alone");
  t.equal(open(changed(records, machines, profile(noGroup, {})), clients).length, 1, "the subnet's alone");
});

test("without any group machines are open to the network, and to no client of a Standard balancer", async (t) => {
  const bare = changed(changed(exampleRecords, subnet, noGroup), machines, profile(noGroup, {}));
  t.strictSame(open(bare, /: the Internet/), []);
  t.match(open(bare, /^TCP over.*instance 1.*the Internet/), [/NAT gateway nat/]);
  t.strictSame(
    open([...exampleRecords, ...bastionRecords], /^UDP .*: the Internet.*Bastion/),
    ["UDP over IPv4: the Internet (198.51.100.1) > bastion > Bastion in bastion"],
    "a Bastion without a group is open",
  );
});

test("the way out: NAT gateway, public address, Azure's default, a balancer's address, or none", async (t) => {
  const out = (records: readonly RecordedResource[]) => open(records, /^TCP 443 .*: instance.*the Internet/);
  t.match(out(exampleRecords), [/NAT gateway nat/]);
  const noNat = changed(exampleRecords, subnet, { natGateway: null });
  t.strictSame(out(noNat), []);
  t.match(out(changed(noNat, subnet, { defaultOutboundAccess: null })), [/undeclared outbound access/]);
  const translating = [{ ...requestRule, disableOutboundSnat: false }];
  t.match(out(changed(noNat, { type: types.LOAD_BALANCER }, { loadBalancingRules: translating })), [
    /undeclared outbound access/,
  ]);
  const addressed = changed(noNat, machines, profile({}, { publicIPAddressConfiguration: { name: "own" } }));
  t.match(out(addressed), [/public addresses/]);
  t.equal(
    open(addressed, /^TCP 80 .*: the Internet.*> machines > instance/).length,
    2,
    "directly and by the balancer",
  );
});

test("a public address is reached although what goes out takes the NAT gateway", async (t) => {
  const addressed = changed(
    exampleRecords,
    machines,
    profile({}, { publicIPAddressConfiguration: { name: "own" } }),
  );
  t.ok(
    open(addressed, /^TCP 80 /).includes(
      "TCP 80 over IPv4: the Internet (198.51.100.1) > machines > instance 1 in machines",
    ),
  );
});

test("a NAT rule of UDP leads there by UDP", async (t) => {
  const records = changed(
    ruled(
      rule("nat", 100, { protocol: "Udp", destinationPortRange: "8080", sourceAddressPrefix: "Internet" }),
    ),
    { type: types.LOAD_BALANCER },
    { inboundNatRules: [{ ...natRule, protocol: "Udp" }] },
  );
  t.strictSame(open(records, /: the Internet/), [
    "UDP 8080 over IPv4: the Internet (198.51.100.1) > balancer > machines > instance 1 in machines",
  ]);
});
