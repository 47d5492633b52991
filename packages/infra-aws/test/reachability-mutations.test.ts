/**
 * Shows that the reachability check finds a broken network: the records of the real program, changed one by one as somebody
 * might change the program. Each must be found by a line that says which connection is open, or where one ended.
 */
import { changed, expectations, type RecordedResource, selected, without } from "@sorted/infra-check";
import { declared, translateAws } from "@sorted/infra-check/aws";
import { test } from "tap";
import type { Configuration } from "./configurations.ts";
import { guarantees, type Records, recordsOf } from "./guarantees.ts";

const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const balancers = { securityGroupId: "sorted-balancer-id" };
const instances = { securityGroupId: "sorted-instances-id" };
const ssh = { ipProtocol: "tcp", fromPort: 22, toPort: 22 };
const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
const add = (type: string, inputs: RecordedResource["inputs"]) => (records: Records) => [
  ...records,
  declared(type, "added", inputs),
];

interface Mutation {
  readonly title: string;
  readonly configuration?: Configuration;
  readonly change: (records: Records) => Records;
  /** Must be among the violations. */
  readonly found: RegExp;
}

/** Ways to break the network, each as somebody might. */
const mutations: readonly Mutation[] = [
  {
    title: "a port of the balancer is opened, over IPv6 only",
    change: add(ingress, { ...balancers, ...ssh, cidrIpv6: "::/0" }),
    found: /^TCP 22 over IPv6: the Internet .* > load balancer in sorted-public-1$/,
  },
  {
    title: "the balancer is opened to one address on all protocols",
    change: add(ingress, { ...balancers, ipProtocol: "-1", cidrIpv4: "203.0.113.7/32" }),
    found: /^UDP over IPv4: the Internet \(203\.0\.113\.7\) > .* > load balancer in sorted-public-1$/,
  },
  {
    title: "a range of ports around the right one",
    change: (records) => changed(records, { type: ingress, name: "sorted-clients-80-1" }, { toPort: 8080 }),
    found: /^TCP 80-8080 over IPv4: the Internet/,
  },
  {
    title: "IPv6 clients are forgotten in the group",
    change: (records) => without(records, { type: ingress, name: "sorted-clients-80-2" }),
    found: /^TCP 80 over IPv6: .* stopped: sorted-balancer has no rule for it$/,
  },
  {
    title: "IPv6 clients are forgotten in the routes",
    change: (records) => without(records, { type: "aws:ec2/route:Route", name: "sorted-public-ipv6" }),
    found: /^TCP 80 over IPv6: .* stopped: sorted-public-1 has no route back/,
  },
  {
    title: "IPv6 clients are forgotten at the balancer",
    change: (records) =>
      changed(records, { type: "aws:lb/loadBalancer:LoadBalancer" }, { ipAddressType: "ipv4" }),
    found: /stopped: load balancer in sorted-public-1 has no public IPv6 address$/,
  },
  {
    title: "the balancer is internal",
    change: (records) => changed(records, { type: "aws:lb/loadBalancer:LoadBalancer" }, { internal: true }),
    found: /stopped: load balancer in sorted-public-1 has no public IPv4 address$/,
  },
  {
    title: "the balancer stands in private subnets",
    change: (records) =>
      changed(
        records,
        { type: "aws:lb/loadBalancer:LoadBalancer" },
        { subnets: ["sorted-private-1-id", "sorted-private-2-id"] },
      ),
    found: /stopped: sorted-private-1 has no route back to 198\.51\.100\.1$/,
  },
  {
    title: "the listener of HTTPS is missing",
    configuration: "certificate",
    change: (records) => without(records, { type: "aws:lb/listener:Listener", name: "sorted-https" }),
    found: /^sorted listens on 80, guaranteed are 80,443$/,
  },
  {
    title: "instances admit the whole network rather than the balancer's group",
    change: add(ingress, { ...instances, ...https, cidrIpv4: "10.0.0.0/16" }),
    found: /^TCP 443 over IPv4: instance 1 in sorted-private-1 > .* > instance 2 in sorted-private-1$/,
  },
  {
    title: "instances admit their own group, and may speak to it",
    change: (records) =>
      add(egress, { ...instances, ...ssh, referencedSecurityGroupId: "sorted-instances-id" })(
        add(ingress, { ...instances, ...ssh, referencedSecurityGroupId: "sorted-instances-id" })(records),
      ),
    found:
      /^TCP 22 over IPv4: instance 1 in sorted-private-1 > sorted-private-1 > sorted-private-2 > instance 1/,
  },
  {
    title: "the balancer reaches a second port of the instances",
    change: (records) =>
      add(egress, { ...balancers, ...ssh, referencedSecurityGroupId: "sorted-instances-id" })(
        add(ingress, { ...instances, ...ssh, referencedSecurityGroupId: "sorted-balancer-id" })(records),
      ),
    found: /^TCP 22 over IPv4: load balancer in sorted-public-1 > .* > instance 1 in sorted-private-1$/,
  },
  {
    title: "instances don't admit the balancer",
    change: (records) => without(records, { type: ingress, name: "sorted-instances-from-balancer" }),
    found: /^TCP 80: load balancer in .* stopped: sorted-instances has no rule for it$/,
  },
  {
    title: "the balancer may not speak to instances",
    change: (records) => without(records, { type: egress, name: "sorted-instances-from-balancer" }),
    found: /^TCP 80: load balancer in .* stopped: sorted-balancer has no rule for it$/,
  },
  {
    title: "the balancer sends requests to another port",
    change: (records) => changed(records, { type: "aws:lb/targetGroup:TargetGroup" }, { port: 8080 }),
    found: /^sorted sends no request to instance 1 in sorted-private-1 on port 80$/,
  },
  {
    title: "the group of instances is in no target group",
    change: (records) => changed(records, { type: "aws:autoscaling/group:Group" }, { targetGroupArns: [] }),
    found: /^sorted sends no request to instance 1/,
  },
  {
    title: "the balancer may speak to anyone",
    change: add(egress, { ...balancers, ...https, cidrIpv4: "0.0.0.0/0" }),
    found:
      /^TCP 443 over IPv4: load balancer in sorted-public-1 > sorted-public-1 > internet gateway sorted > the Internet/,
  },
  {
    title: "instances stand in public subnets with public addresses, and have a rule too many",
    change: (records) =>
      add(ingress, { ...instances, ...ssh, cidrIpv4: "0.0.0.0/0" })(
        changed(
          changed(
            records,
            { type: "aws:autoscaling/group:Group" },
            { vpcZoneIdentifiers: ["sorted-public-1-id", "sorted-public-2-id"] },
          ),
          { type: "aws:ec2/launchTemplate:LaunchTemplate" },
          {
            networkInterfaces: [
              { associatePublicIpAddress: "true", securityGroups: ["sorted-instances-id"] },
            ],
          },
        ),
      ),
    found: /^TCP 22 over IPv4: the Internet .* > internet gateway sorted > sorted-public-1 > instance 1/,
  },
  {
    title: "instances reach out on every port",
    change: add(egress, { ...instances, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }),
    found: /^UDP over IPv4: instance 1 in sorted-private-1 > .* > NAT gateway/,
  },
  {
    title: "a private subnet gets a route to the internet gateway in place of the NAT gateway",
    change: (records) =>
      changed(
        records,
        { type: "aws:ec2/route:Route", name: "sorted-private-1" },
        { natGatewayId: "", gatewayId: "sorted-id" },
      ),
    found: /^instance 1 in sorted-private-1 has no way out by nat$/,
  },
  {
    title: "the NAT gateway stands in a private subnet",
    change: (records) =>
      changed(records, { type: "aws:ec2/natGateway:NatGateway" }, { subnetId: "sorted-private-1-id" }),
    found: /^instance 1 in sorted-private-1 has no way out by nat$/,
  },
  {
    title: "a zone's instances go out by another zone's gateway",
    configuration: "threeZones",
    change: (records) =>
      changed(
        records,
        { type: "aws:ec2/route:Route", name: "sorted-private-2" },
        { natGatewayId: "sorted-nat-1-id" },
      ),
    found: /^instance 1 in sorted-private-2 has no way out by natOfZone$/,
  },
  {
    title: "a NAT gateway where there should be none",
    configuration: "noNat",
    change: (records) => [
      ...records,
      declared("aws:ec2/eip:Eip", "nat", {}),
      declared("aws:ec2/natGateway:NatGateway", "nat", {
        subnetId: "sorted-public-1-id",
        allocationId: "nat-id",
      }),
      declared("aws:ec2/route:Route", "nat", {
        routeTableId: "sorted-private-1-id",
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: "nat-id",
      }),
      declared(egress, "nat", { ...instances, ...https, cidrIpv4: "0.0.0.0/0" }),
    ],
    found: /^TCP 443 over IPv4: instance 1 in sorted-private-1 > sorted-private-1 > NAT gateway nat/,
  },
  {
    title: "endpoints admit nobody",
    configuration: "noNat",
    change: (records) =>
      without(without(records, { type: ingress, name: "sorted-endpoints-1" }), {
        type: ingress,
        name: "sorted-endpoints-2",
      }),
    found: /^instance 1 in sorted-private-1 has no way out by endpoints$/,
  },
  {
    title: "an endpoint is missing in one zone's rule",
    configuration: "noNat",
    change: (records) => without(records, { type: ingress, name: "sorted-endpoints-2" }),
    found: /^instance 1 in sorted-private-2 has no way out by endpoints$/,
  },
];

for (const { title, configuration = "least", change, found } of mutations) {
  test(`found: ${title}`, async (t) => {
    const broken = change(await recordsOf(configuration));
    const violations = expectations(translateAws(broken), guarantees[configuration]).flatMap(
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
  const records = await recordsOf("least");
  const peering = declared("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "other", {
    vpcId: "sorted-id",
  });
  t.throws(() => translateAws([...records, peering]), /VpcPeeringConnection "other"/);
  const { name } = selected(records, { type: "aws:ec2/securityGroup:SecurityGroup" });
  const inline = changed(
    records,
    { type: "aws:ec2/securityGroup:SecurityGroup", name },
    { ingress: [{ fromPort: 22, toPort: 22, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] }] },
  );
  t.throws(() => translateAws(inline), /ingress is not understood/);
});
