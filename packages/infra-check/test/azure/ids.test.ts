/** Shows that recorded resources of azure-native have the IDs, and what else programs read of them, as Azure gives it. */
import * as pulumi from "@pulumi/pulumi";
import { test } from "tap";
import { azure } from "../../src/azure/cloud.ts";
import { recordProgram } from "../../src/index.ts";

class Thing extends pulumi.CustomResource {
  constructor(type: string, name: string, inputs: pulumi.Inputs) {
    super(`azure-native:${type}`, name, inputs);
  }
}

const group = { resourceGroupName: "ServerVM" };
const inGroup = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/ServerVM";

async function idOf(type: string, inputs: pulumi.Inputs) {
  const { resources } = await recordProgram({
    cloud: azure,
    run: () => void new Thing(type, "mine", inputs),
  });
  return resources[0]?.id;
}

test("a resource lies in its group, under the name it is given or else its logical one", async (t) => {
  t.equal(await idOf("network:NatGateway", group), `${inGroup}/providers/Microsoft.Network/natGateways/mine`);
  t.equal(
    await idOf("network:LoadBalancer", { ...group, loadBalancerName: "fixed" }),
    `${inGroup}/providers/Microsoft.Network/loadBalancers/fixed`,
  );
  t.equal(await idOf("resources:ResourceGroup", group), inGroup);
});

test("a subnet lies in its virtual network", async (t) => {
  t.equal(
    await idOf("network:Subnet", { ...group, virtualNetworkName: "vnet" }),
    `${inGroup}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/mine`,
  );
});

test("what nothing refers to by a path has an ID of the recorder's", async (t) => {
  t.equal(await idOf("authorization:RoleAssignment", { scope: inGroup }), "mine-id");
});

test("the data sources of whoever deploys are answered", async (t) => {
  const { outputs } = await recordProgram({
    cloud: azure,
    run: async () => ({
      client: await pulumi.runtime.invoke("azure-native:authorization:getClientConfig", {}),
      token: await pulumi.runtime.invoke("azure-native:authorization:getClientToken", {}),
    }),
  });
  t.match(outputs["client"], { subscriptionId: /^0{8}-/ });
  t.match(outputs["token"], { token: "token" });
});

test("what programs read of a registry, an identity and an address is there, and plainly not real", async (t) => {
  const { resources } = await recordProgram({
    cloud: azure,
    run: () => {
      new Thing("containerregistry:Registry", "mine", group);
      new Thing("managedidentity:UserAssignedIdentity", "mine", group);
      new Thing("network:PublicIPAddress", "mine", group);
    },
  });
  const outputs = Object.fromEntries(resources.map((resource) => [resource.type, resource.outputs]));
  t.hasStrict(outputs, {
    "azure-native:containerregistry:Registry": { name: "mine", loginServer: "mine.azurecr.io" },
    "azure-native:managedidentity:UserAssignedIdentity": {
      clientId: "client-of-mine",
      principalId: "principal-of-mine",
    },
    "azure-native:network:PublicIPAddress": { ipAddress: "203.0.113.20" },
  });
});
