/**
 * Shows that resources of AWS become the network that AWS would make of them. What AWS makes of them is stated from its
 * documentation; no AWS was asked.
 */
import { test } from "tap";
import { declared } from "../../src/aws/cloud.ts";
import { translateAws } from "../../src/aws/translate.ts";
import * as types from "../../src/aws/types/tokens.ts";
import { connections, connectionText } from "../../src/reachability/connections.ts";
import { expectations } from "../../src/reachability/expectations.ts";
import { GUARANTEES, type Guarantees } from "../../src/reachability/guarantees.ts";
import { changed, without } from "../../src/recorder/declared.ts";
import type { RecordedResource } from "../../src/recorder/monitor.ts";
import type { Properties } from "../../src/recorder/value.ts";
import { arnOf, exampleRecords } from "./example.ts";

function violations(
  records: readonly RecordedResource[],
  guarantees: Guarantees = GUARANTEES,
): readonly string[] {
  return expectations(translateAws(records), guarantees).flatMap((expectation) => expectation.violations);
}

/** The connections that match, each in one line. */
function open(records: readonly RecordedResource[], pattern: RegExp): readonly string[] {
  return connections(translateAws(records, { instancesPerSubnet: 1 }))
    .map(connectionText)
    .filter((text) => pattern.test(text));
}

test("a network as it should be keeps every guarantee", async (t) => {
  t.strictSame(violations(exampleRecords), []);
  t.strictSame(open(exampleRecords, /^TCP 443 over IPv4: instance 1 in private-2/), [
    "TCP 443 over IPv4: instance 1 in private-2 > private-2 > NAT gateway nat > public-1 > internet gateway gateway > the Internet (198.51.100.1)",
    "TCP 443 over IPv4: instance 1 in private-2 > private-2 > gateway endpoint s3 > S3 (192.0.2.0)",
  ]);
});

test("the listeners, their targets and the check of their health", async (t) => {
  const [balancer] = translateAws(exampleRecords, { instancesPerSubnet: 1 }).balancers;
  t.match(balancer, { mode: "proxy", publicOver: [4, 6] });
  const healthCheck = {
    path: "/readyz",
    intervalSeconds: 5,
    timeoutSeconds: 4,
    unhealthyAfter: 2,
    healthyAfter: 3,
  };
  t.match(balancer?.listeners, [{ port: 80, backend: { port: 80, healthCheck } }]);
  t.equal(balancer?.listeners[0]?.backend?.hosts.length, 2);
  const redirect = changed(
    exampleRecords,
    { type: types.LISTENER },
    { defaultActions: [{ type: "redirect" }] },
  );
  t.equal(translateAws(redirect).balancers[0]?.listeners[0]?.backend, undefined);
  const weighted = { type: "forward", forward: { targetGroups: [{ arn: targetArn }] } };
  t.strictSame(
    violations(changed(exampleRecords, { type: types.LISTENER }, { defaultActions: [weighted] })),
    [],
  );
});

test("a function behind a listener is called, not connected to", async (t) => {
  const records = changed(exampleRecords, { type: types.TARGET_GROUP }, { targetType: "lambda" });
  t.match(translateAws(records).balancers[0]?.listeners, [{ port: 80, backend: undefined }]);
});

test("of a health check that is left to AWS nothing is claimed", async (t) => {
  const records = exampleRecords.map((record) => {
    const { healthCheck: _, ...inputs } = record.inputs;
    return record.type === types.TARGET_GROUP ? { ...record, inputs } : record;
  });
  t.equal(translateAws(records).balancers[0]?.listeners[0]?.backend?.healthCheck, undefined);
});

const targetArn = arnOf(declared(types.TARGET_GROUP, "targets", {}));

test("types that are left out are AWS's defaults: application, instance, Gateway", async (t) => {
  const silent = changed(
    changed(
      changed(exampleRecords, { type: types.LOAD_BALANCER }, { loadBalancerType: "" }),
      { type: types.TARGET_GROUP },
      { targetType: "" },
    ),
    { type: types.ENDPOINT },
    { vpcEndpointType: null },
  );
  t.strictSame(violations(silent), []);
});

test("an internal balancer, or one of IPv4 only, is not reached by all clients", async (t) => {
  const ipv4 = changed(exampleRecords, { type: types.LOAD_BALANCER }, { ipAddressType: "ipv4" });
  t.match(violations(ipv4), [/TCP 80 over IPv6.*has no public IPv6 address/, /public-2/]);
  t.strictSame(violations(ipv4, { ...GUARANTEES, clientRanges: ["0.0.0.0/0"] }), []);
  t.ok(violations(changed(exampleRecords, { type: types.LOAD_BALANCER }, { internal: true })).length > 0);
});

test("without a route to the internet gateway nobody reaches the balancer", async (t) => {
  const found = violations(without(exampleRecords, { type: types.ROUTE, name: "public-ipv6" }));
  t.match(found, [/TCP 80 over IPv6: the Internet .* stopped: public-1 has no route back/, /public-2/]);
});

const withInterface = (inputs: Properties) => ({
  networkInterfaces: [{ securityGroups: ["instances-id"], ...inputs }],
});

test("a public address comes from the template, or from the subnet where the template is silent", async (t) => {
  const exposed = (template: Properties, subnet: boolean) =>
    open(
      [
        ...changed(
          changed(
            changed(exampleRecords, { type: types.LAUNCH_TEMPLATE }, template),
            { type: types.AUTO_SCALING_GROUP },
            { vpcZoneIdentifiers: ["public-1-id"] },
          ),
          { type: types.SUBNET, name: "public-1" },
          { mapPublicIpOnLaunch: subnet },
        ),
        declared(types.INGRESS_RULE, "ssh", {
          securityGroupId: "instances-id",
          cidrIpv4: "0.0.0.0/0",
          ...ssh,
        }),
      ],
      /^TCP 22 over IPv4: the Internet.*instance/,
    ).length;
  const groups = { networkInterfaces: [], vpcSecurityGroupIds: ["instances-id"] };
  t.equal(exposed(withInterface({ associatePublicIpAddress: "true" }), false), 1);
  t.equal(exposed(withInterface({ associatePublicIpAddress: "false" }), true), 0);
  t.equal(exposed(withInterface({}), true), 1);
  t.equal(exposed(groups, true), 1);
  t.equal(exposed(groups, false), 0);
});

const ssh = { ipProtocol: "tcp", fromPort: 22, toPort: 22 };

test("an IPv6 address of an instance reaches out by an egress-only gateway, and is not reached by it", async (t) => {
  const [inside, ...rest] = exampleRecords.filter(({ name }) => name === "private-1");
  if (!inside) throw new Error("the example has changed");
  const records = [
    ...changed(
      exampleRecords,
      { type: types.SUBNET, name: "private-1" },
      { ipv6CidrBlock: "2001:db8:1234:1a08::/64", assignIpv6AddressOnCreation: true },
    ),
    declared(types.EGRESS_ONLY_GATEWAY, "egress", { vpcId: "vpc-id" }),
    declared(types.ROUTE, "out", {
      routeTableId: "private-id",
      destinationIpv6CidrBlock: "::/0",
      egressOnlyGatewayId: "egress-id",
    }),
    declared(types.EGRESS_RULE, "https-ipv6", {
      securityGroupId: "instances-id",
      cidrIpv6: "::/0",
      ipProtocol: "-1",
    }),
    declared(types.INGRESS_RULE, "all-ipv6", {
      securityGroupId: "instances-id",
      cidrIpv6: "::/0",
      ipProtocol: "-1",
    }),
  ];
  t.equal(rest.length, 1, "the subnet and its association");
  t.ok(
    open(records, /^TCP over IPv6: instance 1 in private-1 > private-1 > egress-only gateway egress/).length >
      0,
  );
  t.strictSame(open(records, /IPv6: the Internet.*instance/), []);
});

test("an existing network's instances with an address by the template", async (t) => {
  for (const inputs of [
    { ipv6AddressCount: 1 },
    { ipv6Addresses: ["2001:db8:1234:1a08::9"] },
    { ipv6Prefixes: ["2001:db8:1234:1a08:9::/80"] },
  ]) {
    const { hosts } = translateAws(
      changed(
        changed(
          exampleRecords,
          { type: types.SUBNET, name: "private-1" },
          { ipv6CidrBlock: "2001:db8:1234:1a08::/64" },
        ),
        { type: types.LAUNCH_TEMPLATE },
        withInterface(inputs),
      ),
    );
    t.strictSame(hosts.find(({ name }) => name === "instance 1 in private-1")?.publicOver, [6]);
  }
});

test("spot instances are those of their policy's template", async (t) => {
  const mixed = {
    launchTemplate: {},
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: "template-id" },
        overrides: [{ instanceType: "t4g.small" }],
      },
    },
  };
  t.strictSame(violations(changed(exampleRecords, { type: types.AUTO_SCALING_GROUP }, mixed)), []);
});

test("instances without a group are in the VPC's default one: closed if the program says so, else as AWS makes it", async (t) => {
  const ungrouped = changed(exampleRecords, { type: types.LAUNCH_TEMPLATE }, { networkInterfaces: [] });
  t.strictSame(open(ungrouped, /: instance/), []);
  const unmanaged = without(ungrouped, { type: types.DEFAULT_SECURITY_GROUP });
  t.match(open(unmanaged, /^TCP over IPv4: instance 1 in private-1 > .*instance 1 in private-2/), [
    /private-1 > private-2/,
  ]);
});

test("endpoints are hosts in each of their subnets; rules may name the prefix list of a gateway's service", async (t) => {
  const records = [
    ...changed(
      exampleRecords,
      { type: types.EGRESS_RULE, name: "https" },
      { cidrIpv4: "", referencedSecurityGroupId: "endpoints-id" },
    ),
    declared(types.SECURITY_GROUP, "endpoints", { vpcId: "vpc-id" }),
    declared(types.INGRESS_RULE, "endpoints", {
      securityGroupId: "endpoints-id",
      cidrIpv4: "10.0.0.0/16",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    }),
    declared(types.EGRESS_RULE, "s3", {
      securityGroupId: "instances-id",
      prefixListId: "pl-s3",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    }),
    ...["Interface", "Interface"].map((vpcEndpointType, index) =>
      declared(types.ENDPOINT, `logs-${index}`, {
        vpcId: "vpc-id",
        vpcEndpointType,
        serviceName: "com.amazonaws.eu-central-1.logs",
        subnetIds: [`private-${index + 1}-id`],
        securityGroupIds: ["endpoints-id"],
        ...(index === 1 ? { ipAddressType: "dualstack" } : {}),
      }),
    ),
  ];
  t.strictSame(open(records, /^TCP 443 over IPv4: instance 1 in private-1/), [
    "TCP 443 over IPv4: instance 1 in private-1 > private-1 > gateway endpoint s3 > S3 (192.0.2.0)",
    "TCP 443 over IPv4: instance 1 in private-1 > private-1 > endpoint logs in private-1",
    "TCP 443 over IPv4: instance 1 in private-1 > private-1 > private-2 > endpoint logs in private-2",
  ]);
  t.strictSame(violations(records, { ...GUARANTEES, wayOut: "endpoints" }), []);
});

test("the main route table, where a subnet has none of its own, leads nowhere", async (t) => {
  const records = without(exampleRecords, { type: types.ROUTE_TABLE_ASSOCIATION, name: "private-1" });
  t.match(violations(records), [/instance 1 in private-1 has no way out/, /instance 2 in private-1/]);
});

test("protocols by name and by number, and all ports", async (t) => {
  const ports = (inputs: Properties) =>
    open(
      changed(exampleRecords, { type: types.INGRESS_RULE, name: "clients-ipv4" }, inputs),
      /over IPv4: the Internet.*public-1/,
    ).map((text) => text.split(" over ")[0]);
  t.strictSame(ports({ ipProtocol: "-1" }), ["TCP", "UDP", "ICMP"]);
  t.strictSame(ports({ ipProtocol: "17", fromPort: 53, toPort: 54 }), ["UDP 53-54"]);
  t.strictSame(ports({ ipProtocol: "icmp", fromPort: 8, toPort: 0 }), ["ICMP"]);
  t.strictSame(ports({ ipProtocol: "6", fromPort: -1, toPort: -1 }), ["TCP"]);
});
