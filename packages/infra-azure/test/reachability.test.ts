/**
 * Shows, for the program as it stands and in each configuration, who can open a connection to whom: computed from the
 * declared subnets, network security groups, load balancers and gateways, for every port and every address.
 *
 * Can't show that Azure does with these resources what its documentation says, nor what others add to the subscription,
 * nor what a process behind an open port answers.
 */
import { connections, connectionText, expectations } from "@sorted/infra-check";
import { translateAzure } from "@sorted/infra-check/azure";
import { test } from "tap";
import { type Configuration, configurations, record } from "./configurations.ts";
import { guarantees } from "./guarantees.ts";

for (const configuration of Object.keys(configurations) as Configuration[]) {
  test(`${configuration}: every guarantee is kept`, async (t) => {
    const { resources } = await record(configuration);
    for (const { title, violations } of expectations(translateAzure(resources), guarantees[configuration]))
      t.strictSame(violations, [], title);
  });
}

/** All that is open with one machine, in the order of the alphabet. */
async function open(configuration: Configuration): Promise<readonly string[]> {
  const { resources } = await record(configuration);
  return connections(translateAzure(resources, { instances: 1 }))
    .map(connectionText)
    .toSorted();
}

const internet = "the Internet (198.51.100.1)";
const probes = "Azure's health probes (168.63.129.16)";
const machine = "sorted-machines > instance 1 in sorted-machines";
const nat = "instance 1 in sorted-machines > sorted-machines > NAT gateway sorted";

test("all that is open in the least configuration", async (t) => {
  t.strictSame(await open("least"), [
    `TCP 443 over IPv4: ${nat} > ${internet}`,
    `TCP 80 over IPv4: ${probes} > ${machine}`,
    `TCP 80 over IPv4: ${nat} > ${internet}`,
    `TCP 80 over IPv4: ${internet} > sorted > ${machine}`,
  ]);
});

test("all that is open to machines behind an application gateway, and to the gateway from outside", async (t) => {
  const manager = "Azure's gateway manager (192.0.2.0)";
  const gateway = "sorted-gateway > application gateway in sorted-gateway";
  const inwards = (await open("applicationGateway")).filter(
    (text) => !/ > NAT gateway | > undeclared /.test(text),
  );
  t.strictSame(inwards, [
    `ICMP over IPv4: ${probes} > ${gateway}`,
    `TCP 443 over IPv4: ${manager} > ${gateway}`,
    `TCP 443 over IPv4: ${internet} > ${gateway}`,
    `TCP 65200-65535 over IPv4: ${manager} > ${gateway}`,
    `TCP 80 over IPv4: ${manager} > ${gateway}`,
    `TCP 80 over IPv4: application gateway in sorted-gateway > sorted-gateway > ${machine}`,
    `TCP 80 over IPv4: ${internet} > ${gateway}`,
    `TCP over IPv4: ${probes} > ${gateway}`,
    `UDP over IPv4: ${probes} > ${gateway}`,
  ]);
});

test("the Internet reaches nothing behind an internal load balancer", async (t) => {
  const inwards = (texts: readonly string[]) => texts.filter((text) => text.includes(`: ${internet}`));
  t.equal(inwards(await open("least")).length, 1);
  t.strictSame(inwards(await open("internal")), []);
});
