/**
 * Shows how one connection is followed through routes, gateways and filters, and that the answer says why it ended.
 * Can't show that a cloud routes and filters alike: that is in the clouds' documentation, which this model states.
 */
import { test } from "tap";
import { findPaths, type Outside, type Place, pathText } from "../../src/reachability/path.ts";
import { byId, type FilterRule, type Topology } from "../../src/reachability/topology.ts";
import { passedThrough, proxied } from "./examples.ts";

const client: Outside = { outside: true, name: "the Internet", address: "198.51.100.1" };
const client6: Outside = { ...client, address: "2001:db8:ffff::1" };

function host(topology: Topology, id: string) {
  return byId(topology.hosts, id);
}

/** Each path in one line, with why it ended. */
function paths(
  topology: Topology,
  from: Place,
  to: Place,
  port: number,
  version: 4 | 6 = 4,
): readonly string[] {
  return findPaths(topology, { from, to, protocol: "tcp", port, version }).map(
    ({ open, hops, because }) => `${pathText(hops)}${open ? "" : ` ✗ ${because}`}`,
  );
}

test("from the Internet to a public host: gateway, subnet, filter", async (t) => {
  const balancer = host(proxied, "balancer in public-a");
  t.strictSame(paths(proxied, client, balancer, 80), [
    "the Internet (198.51.100.1) > internet gateway > public-a > balancer in public-a",
  ]);
  t.strictSame(paths(proxied, client6, balancer, 80, 6), [
    "the Internet (2001:db8:ffff::1) > internet gateway > public-a > balancer in public-a",
  ]);
  t.strictSame(paths(proxied, client, balancer, 22), [
    "the Internet (198.51.100.1) > internet gateway > public-a ✗ balancer's group has no rule for it",
  ]);
});

test("from the Internet to a host without a public address, or without a route back", async (t) => {
  const instance = host(proxied, "instance 1");
  t.strictSame(paths(proxied, client, instance, 80), [
    "the Internet (198.51.100.1) ✗ instance 1 has no public IPv4 address",
  ]);
  t.strictSame(paths(proxied, client, { ...instance, publicOver: [4] }, 80), [
    "the Internet (198.51.100.1) ✗ private-a has no route back to 198.51.100.1",
  ]);
});

test("from the Internet through a balancer that passes packets on, which the host sees as the client's", async (t) => {
  const instance = host(passedThrough, "instance 1");
  t.strictSame(paths(passedThrough, client, instance, 80), [
    "the Internet (198.51.100.1) ✗ instance 1 has no public IPv4 address",
    "the Internet (198.51.100.1) > balancer > private-a > instance 1",
  ]);
  t.equal(paths(passedThrough, client, instance, 22).length, 1, "only on the ports it listens on");
});

test("within a network: both ends' filters", async (t) => {
  const [balancer, instance, other] = ["balancer in public-b", "instance 1", "instance 3"].map((id) =>
    host(proxied, id),
  );
  if (!balancer || !instance || !other) throw new Error("the example has changed");
  t.strictSame(paths(proxied, balancer, instance, 80), [
    "balancer in public-b > public-b > private-a > instance 1",
  ]);
  t.strictSame(paths(proxied, balancer, instance, 22), [
    "balancer in public-b > public-b ✗ balancer's group has no rule for it",
  ]);
  t.strictSame(paths(proxied, instance, other, 443), [
    "instance 1 > private-a > private-b ✗ instances' group has no rule for it",
  ]);
  t.strictSame(paths(proxied, balancer, instance, 80, 6), [
    "balancer in public-b > public-b ✗ instance 1 has no IPv6 address",
  ]);
  t.strictSame(paths(proxied, instance, balancer, 80, 6), [
    "instance 1 > private-a ✗ instance 1 has no IPv6 address",
  ]);
});

test("between networks there is no way", async (t) => {
  const elsewhere = {
    ...proxied,
    subnets: proxied.subnets.map((s) => (s.id === "private-a" ? { ...s, network: "x" } : s)),
  };
  t.match(paths(elsewhere, host(elsewhere, "balancer in public-a"), host(elsewhere, "instance 1"), 80), [
    /no local route from public-a to 10\.0\.10\.4/,
  ]);
});

test("by priority, the first rule that matches decides, in the subnet's filter and in the host's", async (t) => {
  const [one, two] = [host(passedThrough, "instance 1"), host(passedThrough, "instance 2")];
  const open = { ...one, filters: [] };
  t.match(paths(passedThrough, open, two, 80), [/4096 deny of ServerVM/]);
  t.match(paths(passedThrough, two, { ...open, subnet: "private-a" }, 443), [/✗ 4096 deny of ServerVM/]);
});

test("outwards through a NAT gateway, in a subnet with a way out or outside of subnets", async (t) => {
  const way =
    "instance 1 > private-a > nat gateway > public-a > internet gateway > the Internet (198.51.100.1)";
  t.strictSame(paths(proxied, host(proxied, "instance 1"), client, 443), [way]);
  t.strictSame(paths(passedThrough, host(passedThrough, "instance 1"), client, 443), [
    "instance 1 > private-a > nat gateway > the Internet (198.51.100.1)",
  ]);
  const noWay = {
    ...proxied,
    subnets: proxied.subnets.map((s) => (s.id === "public-a" ? { ...s, routes: [] } : s)),
  };
  t.match(paths(noWay, host(noWay, "instance 1"), client, 443), [
    /public-a has no route to an internet gateway/,
  ]);
});

test("outwards without a public address, without a route, or against a filter", async (t) => {
  const instance = host(proxied, "instance 1");
  t.match(paths(proxied, { ...instance, subnet: "public-a" }, client, 443), [/no public IPv4 address/]);
  t.match(paths(proxied, { ...instance, subnet: "public-a", publicOver: [4] }, client, 443), [
    /the Internet \(198/,
  ]);
  t.match(paths(proxied, instance, client, 25), [/instances' group has no rule for it/]);
  t.match(paths(proxied, instance, client6, 443, 6), [/has no IPv6 address/]);
  const noRoute = { ...proxied, subnets: proxied.subnets.map((s) => ({ ...s, routes: [] })) };
  t.match(paths(noRoute, instance, client, 443), [/private-a has no route to 198\.51\.100\.1/]);
});

test("a cloud's own service comes to every host, and what hosts ask of it is no question", async (t) => {
  const probe: Outside = { outside: true, name: "probes", address: "168.63.129.16" };
  const probed: Topology = {
    ...passedThrough,
    services: [{ id: "p", name: "probes", prefixes: ["168.63.129.16/32"], connectsTo: "everyHost" }],
  };
  const instance = host(probed, "instance 1");
  t.strictSame(paths(probed, probe, instance, 80), ["probes (168.63.129.16) > private-a > instance 1"]);
  t.strictSame(paths(probed, instance, probe, 80), []);
});

test("where answers go back by the public address, no route back is needed", async (t) => {
  const networks = passedThrough.networks.map((network) => ({ ...network, answersByPublicAddress: true }));
  const instance = { ...host(passedThrough, "instance 1"), publicOver: [4 as const] };
  t.strictSame(
    paths({ ...passedThrough, networks }, client, instance, 80)[0],
    "the Internet (198.51.100.1) > private-a > instance 1",
  );
});

test("a rule may hold for some of a filter's hosts", async (t) => {
  const filters = [{ id: "f", name: "f", rules: [{ ...clientsRule, own: ["10.0.10.4/32"] }] }];
  const topology = {
    ...passedThrough,
    subnets: passedThrough.subnets.map((subnet) => ({ ...subnet, filters })),
  };
  const through = (id: string) => paths(topology, client, { ...host(topology, id), filters: [] }, 80)[1];
  t.match(through("instance 1"), / > instance 1$/);
  t.match(through("instance 2"), /✗ f has no rule for it/);
});

const clientsRule: FilterRule = {
  name: "clients",
  action: "allow",
  direction: "in",
  protocol: "tcp",
  ports: [{ first: 80, last: 80 }],
  peers: ["0.0.0.0/0"],
};

test("a balancer of another IP version than the host's", async (t) => {
  const balancers = passedThrough.balancers.map((balancer) => ({ ...balancer, publicOver: [6 as const] }));
  const found = paths({ ...passedThrough, balancers }, client6, host(passedThrough, "instance 1"), 80, 6);
  t.match(found[1], /✗ instance 1 has no IPv6 address/);
});

test("between two places outside there is nothing to say", async (t) => {
  t.strictSame(paths(proxied, client, client6, 80), []);
});

test("what a topology refers to and doesn't hold is named", async (t) => {
  t.throws(() => host(proxied, "instance 9"), /no instance 9; it has balancer in public-a, /);
});
