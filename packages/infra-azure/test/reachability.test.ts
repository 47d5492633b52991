/**
 * Shows, for the program as it stands and in each configuration, who can open a connection to whom: computed from the
 * declared subnets, network security groups, load balancers and gateways, for every port and every address.
 *
 * Can't show that Azure does with these resources what its documentation says, nor what others add to the subscription,
 * nor what a process behind an open port answers.
 */
import { connections, connectionText, expectations, translateAzure } from "@sorted/infra-kit/testing";
import { test } from "tap";
import { type Configuration, configurations, record } from "./configurations.ts";
import { promises } from "./promises.ts";

for (const configuration of Object.keys(configurations) as Configuration[]) {
  test(`${configuration}: every promise is kept`, async (t) => {
    const { resources } = await record(configuration);
    for (const { title, violations } of expectations(translateAzure(resources), promises[configuration]))
      t.strictSame(violations, [], title);
  });
}

/** All that is open, in the order of the alphabet. */
async function open(configuration: Configuration, instances: number): Promise<readonly string[]> {
  const { resources } = await record(configuration);
  return connections(translateAzure(resources, { instances })).map(connectionText).toSorted();
}

test("all that is open in the least configuration", async (t) => {
  t.strictSame(await open("least", 2), []);
});

test("all that is open with an application gateway", async (t) => {
  t.strictSame(await open("applicationGateway", 1), []);
});
