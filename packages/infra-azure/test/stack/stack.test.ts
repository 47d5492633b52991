/** Shows what holds for the stack as a whole: tags, protection, names, outputs. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "tap";
import { isTaggable } from "../../src/tags/taggable.ts";
import { idIn, ofType, one, record } from "../configurations.ts";

/** Whether the SDK's class for a type passes a map of tags on. */
function takesTags(type: string): boolean {
  const [, module = "", kind = ""] = type.split(":");
  const file = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
  const source = fileURLToPath(import.meta.resolve(`@pulumi/azure-native/${module}/${file}.js`));
  return readFileSync(source, "utf8").includes('resourceInputs["tags"]');
}

test("everything that takes tags has them, and nothing else", async (t) => {
  for (const configuration of ["least", "everything", "serverless"] as const) {
    const { resources } = await record(configuration);
    for (const { type, name, inputs } of resources) {
      if (!type.startsWith("azure-native:")) continue;
      t.equal(isTaggable(type), takesTags(type), type);
      if (isTaggable(type)) {
        t.hasStrict(
          inputs["tags"],
          { Name: name, Project: "sorted-azure", Stack: "test" },
          `${type} ${name}`,
        );
      } else {
        t.equal(inputs["tags"], undefined, type);
      }
    }
  }
});

test("further tags are added to those of the program", async (t) => {
  t.hasStrict(one(await record("everything"), "compute:VirtualMachineScaleSet").inputs, {
    tags: { Team: "search", Purpose: "sums = and more", Stack: "test" },
  });
});

test("without protection, destroy leaves nothing", async (t) => {
  const { resources } = await record("least");
  t.ok(resources.every(({ options }) => !options.protect && !options.retainOnDelete));
  t.notOk(resources.some(({ type }) => type.includes("ManagementLock")));
});

test("with protection nothing is deleted by Pulumi; an image that was pushed may be left behind", async (t) => {
  const { resources } = await record("isProtected");
  const loose = /^docker-build:|ManagementLock|sorted:azure:Locks/;
  for (const { type, urn, options } of resources) t.equal(options.protect, !loose.test(type), urn);
});

test("with protection Azure lets nobody delete the balancer, the images and the logs", async (t) => {
  const program = await record("isProtected");
  t.hasStrict(one(program, "authorization:ManagementLockAtResourceGroupLevel").inputs, {
    level: "CanNotDelete",
    resourceGroupName: "ServerLB",
  });
  const locked = ofType(program, "authorization:ManagementLockByScope").map(({ inputs }) => inputs["scope"]);
  t.strictSame(locked.toSorted(), [
    idIn("ServerVM", "ContainerRegistry/registries/sorted"),
    idIn("ServerVM", "OperationalInsights/workspaces/sorted"),
  ]);
});

test("everything is in one of the two resource groups, whatever they are called", async (t) => {
  const { resources } = await record("otherGroups");
  for (const { type, inputs, urn } of resources) {
    const { resourceGroupName } = inputs;
    if (typeof resourceGroupName !== "string" || !type.startsWith("azure-native:")) continue;
    t.match(resourceGroupName, /^try-(lb|vm)$/, urn);
  }
});

test("in ServerLB is what faces clients, in ServerVM all the rest", async (t) => {
  const { resources } = await record("least");
  const inServerLB = resources.filter(({ inputs }) => inputs["resourceGroupName"] === "ServerLB");
  t.strictSame(inServerLB.map(({ type }) => type).toSorted(), [
    "azure-native:network:LoadBalancer",
    "azure-native:network:NetworkSecurityGroup",
    "azure-native:network:PublicIPAddress",
    "azure-native:resources:ResourceGroup",
  ]);
});

test("the only fixed names are those that Azure wants or that were asked for, so that anything else can be replaced", async (t) => {
  const named = (resources: Awaited<ReturnType<typeof record>>["resources"]) =>
    resources.flatMap(({ type, inputs }) => {
      const kind = type.split(":").at(-1) ?? "";
      const name = inputs[`${kind.charAt(0).toLowerCase()}${kind.slice(1)}Name`];
      return typeof name === "string" && type.startsWith("azure-native:") ? [`${kind} ${name}`] : [];
    });
  t.strictSame(named((await record("bastion")).resources).toSorted(), [
    "LoadBalancer sorted",
    "ResourceGroup ServerLB",
    "ResourceGroup ServerVM",
    "Subnet AzureBastionSubnet",
  ]);
});

test("the outputs are what a user and an operator need", async (t) => {
  t.strictSame((await record("least")).outputs, {
    url: "http://203.0.113.20",
    ipAddress: "203.0.113.20",
    imageUri: `sorted.azurecr.io/sorted@sha256:${"ab".repeat(32)}`,
    workspaceName: "sorted",
    appName: null,
    scaleSetName: "sorted",
    balancerGroupName: "ServerLB",
    machineGroupName: "ServerVM",
    outboundAddress: "203.0.113.20",
    virtualNetworkId: idIn("ServerVM", "Network/virtualNetworks/sorted"),
    bastionName: null,
    dashboardUrl: `https://portal.azure.com/#@/dashboard/arm${idIn("ServerVM", "Portal/dashboards/sorted")}`,
  });
});
