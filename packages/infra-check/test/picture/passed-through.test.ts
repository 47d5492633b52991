/**
 * Shows that the picture of a network behind a balancer that passes packets through holds what the network holds, and draws
 * only the ways that are open. Whether it looks well, only a look at it shows.
 */
import { test } from "tap";
import { translateAzure } from "../../src/azure/translate.ts";
import * as types from "../../src/azure/types/tokens.ts";
import { drawPassedThrough } from "../../src/picture/passed-through.ts";
import { changed, without } from "../../src/recorder/declared.ts";
import type { RecordedResource } from "../../src/recorder/monitor.ts";
import { exampleRecords } from "../azure/example.ts";
import { passedThrough, proxied } from "../reachability/examples.ts";

const words = {
  title: "A network",
  frontFrame: "group LB",
  backFrame: "group VM",
  network: "virtual network",
  balancer: "load balancer",
  natGateway: "NAT gateway",
  instances: "machines",
  group: "of a scale set",
};

function drawn(records: readonly RecordedResource[]): string {
  return drawPassedThrough(translateAzure(records), words);
}

/** The texts of a picture. */
function texts(picture: string): readonly string[] {
  return [...picture.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = ""]) => text);
}

const arrows = (picture: string) => picture.match(/<polyline/g)?.length ?? 0;

test("a picture names what is there, which groups are on what, and lists what is open", async (t) => {
  const found = texts(drawn(exampleRecords));
  for (const text of [
    "load balancer balancer",
    "listens on 80; 50000-50003: a machine each",
    "10.0.0.0/16",
    "machines, 10.0.0.0/24",
    "machines on the subnet",
    "machines on the network interfaces",
    "Azure's health probes",
    "From the Internet to machines, by load balancer: TCP 80 over IPv4",
    "From Azure's health probes to machines: TCP 80 over IPv4",
    "From machines to the Internet, by NAT gateway: TCP 80, 443 over IPv4",
  ]) {
    t.ok(found.includes(text), text);
  }
});

test("a way that is closed is not drawn", async (t) => {
  t.equal(arrows(drawn(exampleRecords)), 5);
  const noRules = changed(
    exampleRecords,
    { type: types.SECURITY_GROUP, name: "machines" },
    { securityRules: [] },
  );
  t.equal(arrows(drawn(noRules)), 3, "Azure's own rules let probes in and machines out");
  const subnet = { type: types.SUBNET, name: "machines" };
  const noWayOut = without(changed(exampleRecords, subnet, { natGateway: null }), {
    type: types.NAT_GATEWAY,
  });
  t.equal(arrows(drawn(noWayOut)), 3);
  t.notOk(texts(drawn(noWayOut)).includes("NAT gateway"));
});

test("what is not there is not drawn: probes by nobody, ports of single machines", async (t) => {
  const found = texts(drawPassedThrough({ ...passedThrough, services: [] }, words));
  t.notOk(found.includes("Azure's health probes"));
});

test("a network that it can't draw is refused", async (t) => {
  t.throws(
    () => drawPassedThrough({ ...passedThrough, balancers: proxied.balancers }, words),
    /no balancer that passes packets through/,
  );
  t.throws(() => drawPassedThrough({ ...passedThrough, hosts: [] }, words), /one subnet of instances/);
});
