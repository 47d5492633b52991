/** Shows that a stack makes its resource groups, or uses those that somebody else made for it. */
import { recordProgram } from "@sorted/infra-check";
import { azure } from "@sorted/infra-check/azure";
import { test } from "tap";
import { resourceGroup } from "../../src/resources/resource-group.ts";
import { idIn, ofType, one, record } from "../configurations.ts";

test("with createGroups false a stack uses groups that exist, and makes and deletes none", async (t) => {
  const settings = { balancerGroup: "ServerLB-staging", machineGroup: "ServerVM-staging" };
  const program = await record({ ...settings, createGroups: false });
  t.strictSame(ofType(program, "resources:ResourceGroup"), []);
  const { inputs } = one(program, "network:LoadBalancer");
  t.equal(inputs["resourceGroupName"], "ServerLB-staging");
  t.match(
    inputs["loadBalancingRules"],
    [{ probe: { id: idIn("ServerLB-staging", "Network/loadBalancers/sorted/probes/ready") } }],
    "parts of a resource are found by the group's ID",
  );
  t.match(program.outputs, {
    balancerGroupName: "ServerLB-staging",
    machineGroupName: "ServerVM-staging",
  });
});

test("a group that doesn't exist stops the preview, by the name of its setting", async (t) => {
  const calls = {
    "azure-native:resources:getResourceGroup": () => {
      throw new Error("Resource group 'Missing' could not be found");
    },
  };
  const args = { resourceGroupName: "Missing", create: false, setting: "machineGroup" };
  const run = () => resourceGroup("group", args, {});
  await t.rejects(
    recordProgram({ cloud: azure, project: "sorted-azure", preview: true, calls, run }),
    /sorted-azure:machineGroup must name a resource group that exists and that you may read, as createGroups is false/,
  );
});
