/** Shows that all open connections of a small network are listed, each once, for every address and port. */
import { test } from "tap";
import { connections, connectionText } from "../../src/reachability/connections.ts";
import { outsidePlaces, portRanges } from "../../src/reachability/samples.ts";
import { ALL_PORTS } from "../../src/reachability/topology.ts";
import { passedThrough, proxied } from "./examples.ts";

test("everything that is open, and nothing else", async (t) => {
  const texts = connections(proxied).map(connectionText);
  const inside = ["a", "b"].flatMap((zone) =>
    ["private-a > instance 1", "private-a > instance 2", "private-b > instance 3"].map(
      (end) => `TCP 80 over IPv4: balancer in public-${zone} > public-${zone} > ${end}`,
    ),
  );
  const outwards = ["instance 1 > private-a", "instance 2 > private-a", "instance 3 > private-b"].map(
    (start) =>
      `TCP 443 over IPv4: ${start} > nat gateway > public-a > internet gateway > the Internet (198.51.100.1)`,
  );
  const inwards = (version: 4 | 6, address: string) =>
    ["a", "b"].map(
      (zone) =>
        `TCP 80 over IPv${version}: the Internet (${address}) > internet gateway > public-${zone} > balancer in public-${zone}`,
    );
  t.strictSame(
    texts.toSorted(),
    [...inwards(4, "198.51.100.1"), ...inwards(6, "2001:db8:ffff::1"), ...inside, ...outwards].toSorted(),
  );
});

test("adjacent ports with one way are one range; all of them need no number", async (t) => {
  const [filter] = proxied.hosts[2]?.filters ?? [];
  if (!filter) throw new Error("the example has changed");
  const open = (protocol: "tcp" | "any", first: number, last: number) => ({
    ...proxied,
    hosts: proxied.hosts.map((host) => ({
      ...host,
      filters: [
        {
          ...filter,
          rules: [
            {
              name: "in",
              action: "allow",
              direction: "in",
              protocol,
              ports: [{ first, last }],
              peers: ["0.0.0.0/0"],
            },
          ] as const,
        },
      ],
    })),
  });
  const texts = connections(open("tcp", 20, 90)).map(connectionText);
  t.ok(
    texts.includes(
      "TCP 20-90 over IPv4: the Internet (198.51.100.1) > internet gateway > public-a > balancer in public-a",
    ),
  );
  const all = connections(open("any", ALL_PORTS.first, ALL_PORTS.last)).map(connectionText);
  const way = "over IPv4: the Internet (198.51.100.1) > internet gateway > public-a > balancer in public-a";
  t.strictSame(
    all.filter((text) => text.endsWith(way)),
    [`TCP ${way}`, `UDP ${way}`, `ICMP ${way}`],
  );
});

test("addresses outside: one for each set of prefixes that holds it, none of the network's own", async (t) => {
  t.strictSame(
    outsidePlaces(proxied, 4).map(({ address }) => address),
    ["198.51.100.1"],
    "0.0.0.0/0 is all that rules speak of",
  );
  const s3 = { id: "s3", name: "S3", prefixes: ["192.0.2.0/24"] };
  t.strictSame(
    outsidePlaces({ ...proxied, services: [s3] }, 4).map(({ name, address }) => `${name} ${address}`),
    ["the Internet 198.51.100.1", "S3 192.0.2.0"],
  );
});

test("ports are cut where a rule or a listener begins and ends", async (t) => {
  t.strictSame(portRanges(passedThrough), [
    { first: 0, last: 79 },
    { first: 80, last: 80 },
    { first: 81, last: 442 },
    { first: 443, last: 443 },
    { first: 444, last: 65_535 },
  ]);
});
