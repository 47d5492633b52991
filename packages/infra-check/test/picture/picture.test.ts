/**
 * Shows that the picture holds what the network holds, and draws only the ways that are open. Whether it looks well, only a
 * look at it shows.
 */
import { test } from "tap";
import { declared } from "../../src/aws/cloud.ts";
import { translateAws } from "../../src/aws/translate.ts";
import * as types from "../../src/aws/types/tokens.ts";
import { flowsOf } from "../../src/picture/flows.ts";
import { drawNetwork } from "../../src/picture/picture.ts";
import { changed, without } from "../../src/recorder/declared.ts";
import { exampleRecords } from "../aws/example.ts";
import { passedThrough, proxied } from "../reachability/examples.ts";

const words = {
  title: "A network",
  network: "VPC",
  internetGateway: "internet gateway",
  natGateway: "NAT gateway",
  balancer: "load balancer",
  instances: "instances",
  group: "of a group",
  endpoints: "endpoints",
  serviceGateway: "gateway endpoint",
};

/** The texts of a picture. */
function texts(picture: string): readonly string[] {
  return [...picture.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = ""]) => text);
}

test("flows are all that is open, by the kinds of its ends", async (t) => {
  t.strictSame(flowsOf(translateAws(exampleRecords)), [
    { from: "the Internet", to: "balancer", via: "internet", ports: "TCP 80", versions: "IPv4, IPv6" },
    { from: "balancer", to: "instance", via: undefined, ports: "TCP 80", versions: "IPv4" },
    { from: "instance", to: "the Internet", via: "nat", ports: "TCP 443", versions: "IPv4" },
    { from: "instance", to: "S3", via: "service", ports: "TCP 443", versions: "IPv4" },
  ]);
  t.match(flowsOf(passedThrough)[0], {
    from: "the Internet",
    to: "instance",
    via: "balancer",
    ports: "TCP 80",
  });
});

test("a picture names every subnet with its ranges, and lists what is open", async (t) => {
  const found = texts(drawNetwork(translateAws(exampleRecords), words));
  for (const text of [
    "10.0.0.0/16   2001:db8:1234:1a00::/56",
    "eu-central-1a",
    "eu-central-1b",
    "public-1, 10.0.128.0/20",
    "2001:db8:1234:1a01::/64",
    "private-2, 10.0.16.0/20",
    "load balancer balancer",
    "listens on 80",
    "From the Internet to load balancer: TCP 80 over IPv4, IPv6",
    "From instances to S3, by gateway endpoint: TCP 443 over IPv4",
  ]) {
    t.ok(found.includes(text), text);
  }
  t.equal(found.filter((text) => text === "NAT gateway").length, 1);
});

test("a way that is closed is not drawn", async (t) => {
  const arrows = (picture: string) => picture.match(/<polyline/g)?.length;
  const whole = arrows(drawNetwork(translateAws(exampleRecords), words));
  t.equal(whole, 12);
  const noClients = changed(exampleRecords, { type: "aws:lb/loadBalancer:LoadBalancer" }, { internal: true });
  t.equal(arrows(drawNetwork(translateAws(noClients), words)), 10);
  const noWayOut = without(exampleRecords, { type: "aws:ec2/route:Route", name: "private" });
  t.equal(arrows(drawNetwork(translateAws(noWayOut), words)), 7);
  const noEndpoint = without(exampleRecords, { type: "aws:ec2/vpcEndpoint:VpcEndpoint" });
  t.equal(arrows(drawNetwork(translateAws(noEndpoint), words)), 9);
  const oneCutOff = without(exampleRecords, { type: types.ROUTE_TABLE_ASSOCIATION, name: "private-1" });
  t.equal(arrows(drawNetwork(translateAws(oneCutOff), words)), 10, "neither NAT nor endpoint for one subnet");
});

test("what is not there is not drawn: a network without zones, without a balancer, without instances", async (t) => {
  const { subnets } = passedThrough;
  const bare = drawNetwork(
    { ...passedThrough, subnets: subnets.map((subnet) => ({ ...subnet, zone: undefined })) },
    words,
  );
  t.ok(texts(bare).includes("private-a, 10.0.10.0/24"));
  t.notOk(texts(bare).includes("internet gateway"));
  const empty = texts(drawNetwork({ ...proxied, hosts: [], balancers: [] }, words));
  t.notOk(empty.includes("instances"));
  t.notOk(empty.some((text) => text.startsWith("load balancer")));
});

test("a range of ports is one", async (t) => {
  const wide = changed(exampleRecords, { type: types.INGRESS_RULE, name: "clients-ipv4" }, { toPort: 90 });
  t.match(flowsOf(translateAws(wide))[0], { ports: "TCP 80-90, 80" });
});

test("endpoints are counted beside the instances", async (t) => {
  const endpoint = declared("aws:ec2/vpcEndpoint:VpcEndpoint", "logs", {
    vpcId: "vpc-id",
    vpcEndpointType: "Interface",
    serviceName: "com.amazonaws.eu-central-1.logs",
    subnetIds: ["private-1-id"],
    securityGroupIds: ["instances-id"],
  });
  const found = texts(drawNetwork(translateAws([...exampleRecords, endpoint]), words));
  t.ok(found.includes("beside 1 endpoints"));
});

test("what means something in SVG is escaped", async (t) => {
  const picture = drawNetwork(proxied, { ...words, title: "R&D <net>" });
  t.match(picture, '<title id="title">R&amp;D &lt;net&gt;</title>');
});
