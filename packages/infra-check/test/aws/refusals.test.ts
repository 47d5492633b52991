/**
 * Shows that whatever could open a path and is not understood is refused, by name, rather than ignored: a check that ignored
 * it could call an open path closed.
 */
import { test } from "tap";
import { declared } from "../../src/aws/cloud.ts";
import { translateAws } from "../../src/aws/translate.ts";
import * as types from "../../src/aws/types/tokens.ts";
import { changed } from "../../src/recorder/declared.ts";
import type { RecordedResource } from "../../src/recorder/monitor.ts";
import { type Properties, UNKNOWN } from "../../src/recorder/value.ts";
import { arnOf, exampleRecords } from "./example.ts";

const withInterface = (inputs: Properties) => ({
  networkInterfaces: [{ securityGroups: ["instances-id"], ...inputs }],
});

/** What is refused: a change of the example, and what the message must name. */
const refusals: readonly [records: readonly RecordedResource[], message: RegExp][] = [
  [
    [declared("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", {})],
    /VpcPeeringConnection "peer": .* paths/,
  ],
  [[declared("aws:ec2transitgateway/transitGateway:TransitGateway", "hub", {})], /TransitGateway "hub"/],
  [[declared("aws:ec2/instance:Instance", "bastion", {})], /Instance "bastion"/],
  [[declared("aws:ec2/networkAcl:NetworkAcl", "acl", {})], /NetworkAcl "acl"/],
  [[declared("aws:ec2/vpnGateway:VpnGateway", "vpn", {})], /VpnGateway "vpn"/],
  [
    [declared("aws:lambda/function:Function", "function", { vpcConfig: { subnetIds: ["subnet-1"] } })],
    /"function": vpcConfig is not understood/,
  ],
  [
    [declared(types.SECURITY_GROUP, "inline", { ingress: [{ fromPort: 22 }] })],
    /"inline": ingress is not understood/,
  ],
  [
    [declared(types.ROUTE_TABLE, "inline", { routes: [{ cidrBlock: "0.0.0.0/0" }] })],
    /"inline": routes is not/,
  ],
  [[declared(types.ROUTE_TABLE, "vpn", { propagatingVgws: ["vgw-1"] })], /propagatingVgws/],
  [[declared(types.DEFAULT_ROUTE_TABLE, "main", { routes: [{ cidrBlock: "0.0.0.0/0" }] })], /"main": routes/],
  [[declared(types.ROUTE_TABLE_ASSOCIATION, "edge", { gatewayId: "gateway-id" })], /"edge": gatewayId/],
  [
    changed(exampleRecords, { type: types.ROUTE, name: "private" }, { vpcPeeringConnectionId: "pcx-1" }),
    /Route "private": vpcPeeringConnectionId/,
  ],
  [
    changed(exampleRecords, { type: types.ROUTE, name: "private" }, { natGatewayId: "" }),
    /has no destination or no target/,
  ],
  [
    changed(exampleRecords, { type: types.ROUTE, name: "public-ipv4" }, { gatewayId: "vgw-1" }),
    /refers to .*InternetGateway "vgw-1", of which nothing is known/,
  ],
  [
    changed(exampleRecords, { type: types.NAT_GATEWAY }, { connectivityType: "private" }),
    /a private NAT gateway/,
  ],
  [
    changed(exampleRecords, { type: types.LOAD_BALANCER }, { loadBalancerType: "network" }),
    /of type network/,
  ],
  [
    changed(exampleRecords, { type: types.LOAD_BALANCER }, { subnetMappings: [{ subnetId: "x" }] }),
    /subnetMappings/,
  ],
  [
    changed(exampleRecords, { type: types.LOAD_BALANCER }, { securityGroups: ["sg-1"] }),
    /security group sg-1/,
  ],
  [
    changed(exampleRecords, { type: types.LOAD_BALANCER }, { subnets: UNKNOWN }),
    /subnets should be a known list/,
  ],
  [changed(exampleRecords, { type: types.LOAD_BALANCER }, { subnets: [7] }), /Subnet null/],
  [changed(exampleRecords, { type: types.LISTENER }, { port: "80" }), /port should be a known number/],
  [
    changed(
      exampleRecords,
      { type: types.LISTENER },
      {
        defaultActions: [{ type: "forward", forward: { targetGroups: [{ arn: "a" }, { arn: "b" }] } }],
      },
    ),
    /several target groups/,
  ],
  [changed(exampleRecords, { type: types.TARGET_GROUP }, { targetType: "ip" }), /targets of type ip/],
  [changed(exampleRecords, { type: types.TARGET_GROUP }, { port: UNKNOWN }), /port should be a known number/],
  [
    changed(exampleRecords, { type: types.AUTO_SCALING_GROUP }, { launchConfiguration: "x" }),
    /launchConfiguration/,
  ],
  [
    changed(
      exampleRecords,
      { type: types.AUTO_SCALING_GROUP },
      {
        mixedInstancesPolicy: { launchTemplate: { overrides: [{ launchTemplateSpecification: {} }] } },
      },
    ),
    /overrides with launch templates/,
  ],
  [
    changed(exampleRecords, { type: types.LAUNCH_TEMPLATE }, { networkInterfaces: [{}, {}] }),
    /several network inter/,
  ],
  [
    changed(exampleRecords, { type: types.LAUNCH_TEMPLATE }, withInterface({ subnetId: "x" })),
    /a subnet of its own/,
  ],
  [
    changed(exampleRecords, { type: types.LAUNCH_TEMPLATE }, { securityGroupNames: ["x"] }),
    /securityGroupNames/,
  ],
  [
    changed(exampleRecords, { type: types.ENDPOINT }, { vpcEndpointType: "GatewayLoadBalancer" }),
    /an endpoint of type GatewayLoadBalancer/,
  ],
  [
    changed(exampleRecords, { type: types.ENDPOINT }, { serviceName: "com.amazonaws.x.other" }),
    /gateway endpoint of other/,
  ],
  [changed(exampleRecords, { type: types.INGRESS_RULE }, { prefixListId: "pl-1" }), /the prefix list pl-1/],
  [changed(exampleRecords, { type: types.INGRESS_RULE }, { ipProtocol: "50" }), /the protocol "50"/],
  [changed(exampleRecords, { type: types.INGRESS_RULE }, { fromPort: UNKNOWN }), /fromPort and toPort/],
  [changed(exampleRecords, { type: types.INGRESS_RULE }, { ipProtocol: "" }), /ipProtocol should be set/],
  [changed(exampleRecords, { type: types.VPC }, { cidrBlock: UNKNOWN }), /cidrBlock should be a known text/],
  [exampleRecords.map((record) => ({ ...record, id: undefined })), /has no id: record without `preview`/],
];

test("whatever is not understood is refused, by name", async (t) => {
  for (const [records, message] of refusals) {
    const all = records.length === 1 ? [...exampleRecords, ...records] : records;
    t.throws(() => translateAws(all), message, String(message));
  }
});

test("a listener's rules may answer, not forward", async (t) => {
  const listener = arnOf(declared(types.LISTENER, "http", {}));
  const rule = (type: string) =>
    declared(types.LISTENER_RULE, "rule", { listenerArn: listener, actions: [{ type }] });
  t.doesNotThrow(() => translateAws([...exampleRecords, rule("fixed-response")]));
  t.throws(() => translateAws([...exampleRecords, rule("forward")]), /a rule that forwards/);
});
