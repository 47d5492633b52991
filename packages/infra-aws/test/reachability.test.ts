/**
 * Shows, for the program as it stands and in each configuration, who can open a connection to whom: computed from the
 * declared routes, gateways, load balancers and security groups, for every port and every address, over IPv4 and IPv6.
 *
 * Can't show that AWS does with these resources what its documentation says, nor what others add to the account (to an
 * existing VPC above all), nor what a process behind an open port answers.
 */
import { connections, connectionText, expectations, GUARANTEES } from "@sorted/infra-check";
import { translateAws } from "@sorted/infra-check/aws";
import { test } from "tap";
import { type Configuration, configurations, record } from "./configurations.ts";
import { guarantees, recordsOf } from "./guarantees.ts";

for (const configuration of Object.keys(configurations) as Configuration[]) {
  test(`${configuration}: every guarantee is kept`, async (t) => {
    const topology = translateAws(await recordsOf(configuration));
    for (const { title, violations } of expectations(topology, guarantees[configuration]))
      t.strictSame(violations, [], title);
  });
}

test("with ranges of clients, nobody else reaches the balancer", async (t) => {
  const clientRanges = ["203.0.113.0/24", "2001:db8:cafe::/48"];
  const { resources } = await record({ allowedRanges: clientRanges });
  for (const { title, violations } of expectations(translateAws(resources), {
    ...GUARANTEES,
    clientRanges,
  })) {
    t.strictSame(violations, [], title);
  }
});

test("all that is open in the least configuration, with one instance in each zone", async (t) => {
  const { resources } = await record("least");
  const open = connections(translateAws(resources, { instancesPerSubnet: 1 })).map(connectionText);
  const [internet4, internet6] = ["the Internet (198.51.100.1)", "the Internet (2001:db8:ffff::1)"];
  const gateway = "internet gateway sorted";
  const balancer = (zone: number) => `sorted-public-${zone} > load balancer in sorted-public-${zone}`;
  const instance = (zone: number) => `sorted-private-${zone} > instance 1 in sorted-private-${zone}`;
  const toS3 = "gateway endpoint sorted-s3 > S3 (192.0.2.0)";
  const zones = [1, 2];
  t.strictSame(
    open.toSorted(),
    zones
      .flatMap((zone) => [
        `TCP 80 over IPv4: ${internet4} > ${gateway} > ${balancer(zone)}`,
        `TCP 80 over IPv6: ${internet6} > ${gateway} > ${balancer(zone)}`,
        // Of all addresses outside, those of S3 are told apart, as instances have a way of their own to it.
        `TCP 80 over IPv4: S3 (192.0.2.0) > ${gateway} > ${balancer(zone)}`,
        ...zones.map(
          (to) =>
            `TCP 80 over IPv4: load balancer in sorted-public-${zone} > sorted-public-${zone} > ${instance(to)}`,
        ),
        `TCP 443 over IPv4: instance 1 in sorted-private-${zone} > sorted-private-${zone} > ${toS3}`,
        `TCP 443 over IPv4: instance 1 in sorted-private-${zone} > sorted-private-${zone} > NAT gateway sorted-nat-1 > sorted-public-1 > ${gateway} > ${internet4}`,
      ])
      .toSorted(),
  );
});

test("of a function with a URL there is nothing in any network", async (t) => {
  const { resources } = await record("functionUrl");
  const { networks, hosts, balancers, gateways } = translateAws(resources);
  t.strictSame([...networks, ...hosts, ...balancers, ...gateways], []);
});

test("all that is open where a load balancer leads to a function: clients reach the load balancer", async (t) => {
  const { resources } = await record("balancedFunction");
  const open = connections(translateAws(resources)).map(connectionText);
  const to = (zone: number) =>
    `internet gateway sorted > sorted-public-${zone} > load balancer in sorted-public-${zone}`;
  t.strictSame(
    open.toSorted(),
    [1, 2]
      .flatMap((zone) => [
        `TCP 80 over IPv4: the Internet (198.51.100.1) > ${to(zone)}`,
        `TCP 80 over IPv6: the Internet (2001:db8:ffff::1) > ${to(zone)}`,
      ])
      .toSorted(),
  );
});

test("of an existing VPC, nothing is claimed without its resources", async (t) => {
  const { resources } = await record("existingVpc");
  t.throws(() => translateAws(resources), /"subnet-00000000000000001", of which nothing is known/);
});
