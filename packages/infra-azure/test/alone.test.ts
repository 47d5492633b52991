/** Shows that each component works in a program that has none of the others. */

import * as pulumi from "@pulumi/pulumi";
import { ApplicationGateway } from "@sorted/infra-azure/application-gateway";
import { Bastion } from "@sorted/infra-azure/bastion";
import { ContainerService } from "@sorted/infra-azure/container-app";
import { Fleet } from "@sorted/infra-azure/fleet";
import { Image } from "@sorted/infra-azure/image";
import { LoadBalancer } from "@sorted/infra-azure/load-balancer";
import { Logs } from "@sorted/infra-azure/logs";
import { MachineLogs } from "@sorted/infra-azure/machine-logs";
import { Network } from "@sorted/infra-azure/network";
import { Access } from "@sorted/infra-azure/network-security-groups";
import { Observability } from "@sorted/infra-azure/observability";
import { recordProgram } from "@sorted/infra-check";
import { azure } from "@sorted/infra-check/azure";
import { test } from "tap";
// For its fake answers of registries.
import "./configurations.ts";

const id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/Mine";
const group = () => ({ name: pulumi.output("Mine"), id: pulumi.output(id) });
const vnet = () => ({
  resourceGroupName: pulumi.output("Mine"),
  virtualNetworkName: pulumi.output("mine"),
});
const ranges = { machines: "10.1.0.0/24", gateway: "10.1.1.0/24", bastion: "10.1.2.0/24" };

/** The types that a program declares, with the names. */
async function declared(run: () => unknown): Promise<readonly string[]> {
  const { resources } = await recordProgram({
    cloud: azure,
    config: { "azure-native:location": "westeurope" },
    run,
  });
  return resources
    .filter(({ custom }) => custom)
    .map(({ type, name }) => `${type.replace("azure-native:", "")} ${name}`)
    .toSorted();
}

test("access", async (t) => {
  const run = () =>
    void new Access("mine", {
      balancerGroup: group(),
      machineGroup: group(),
      ranges,
      entry: { kind: "loadBalancer", allowedRanges: ["0.0.0.0/0"], natAllowedRanges: [], natPort: 81 },
      port: 80,
      bastion: false,
    });
  t.strictSame(await declared(run), [
    "network:NetworkSecurityGroup mine-balancer",
    "network:NetworkSecurityGroup mine-machines",
  ]);
});

test("a network", async (t) => {
  const args = { vnetCidr: "10.1.0.0/16", machineCidr: "10.1.0.0/24", securityGroupId: "group" };
  t.strictSame(await declared(() => void new Network("mine", { ...args, group: group() })), [
    "network:NatGateway mine",
    "network:PublicIPAddress mine-outbound",
    "network:Subnet mine-machines",
    "network:VirtualNetwork mine",
  ]);
});

test("two networks in one program do not clash", async (t) => {
  const args = { vnetCidr: "10.1.0.0/16", machineCidr: "10.1.0.0/24", securityGroupId: "group" };
  const resources = await declared(() => {
    new Network("one", { ...args, group: group() });
    new Network("two", { ...args, group: group() });
  });
  t.equal(resources.length, 8);
});

test("a load balancer", async (t) => {
  const args = { port: 80, natPort: 81, natPorts: 3, readyPath: "/ready" };
  t.strictSame(await declared(() => void new LoadBalancer("mine", { ...args, group: group() })), [
    "network:LoadBalancer mine",
    "network:PublicIPAddress mine",
  ]);
});

test("an application gateway, in a network that exists", async (t) => {
  const run = () =>
    void new ApplicationGateway("mine", {
      group: group(),
      vnet: vnet(),
      cidr: ranges.gateway,
      securityGroupId: "group",
      after: [],
      certificate: {
        keyVaultId: `${id}/providers/Microsoft.KeyVault/vaults/mine`,
        certificateName: "mine",
      },
      domainName: "mine.example.com",
      publicMetrics: false,
      port: 80,
      readyPath: "/ready",
      drainSeconds: 10,
      maxCapacity: 2,
    });
  t.ok((await declared(run)).includes("network:ApplicationGateway mine"));
});

test("Bastion, in a network that exists", async (t) => {
  const run = () =>
    void new Bastion("mine", { group: group(), vnet: vnet(), cidr: ranges.bastion, after: [] });
  t.strictSame(await declared(run), [
    "network:BastionHost mine",
    "network:NetworkSecurityGroup mine",
    "network:PublicIPAddress mine",
    "network:Subnet mine",
  ]);
});

test("an image", async (t) => {
  const args = { architecture: "arm64", context: ".", dockerfile: "Dockerfile" } as const;
  t.strictSame(await declared(() => void new Image("mine", { ...args, group: group() })), [
    "containerregistry:Registry mine",
    "docker-build:index:Image mine",
  ]);
});

test("logs, and those of machines", async (t) => {
  t.strictSame(await declared(() => void new Logs("mine", { group: group(), retentionDays: 30 })), [
    "operationalinsights:Workspace mine",
  ]);
  const args = { group: group(), workspaceId: "workspace" };
  t.strictSame(await declared(() => void new MachineLogs("mine", args)), ["monitor:DataCollectionRule mine"]);
});

test("a container app, from an image of somebody else's", async (t) => {
  const run = () =>
    void new ContainerService("mine", {
      environmentGroup: group(),
      group: group(),
      image: "ghcr.io/mine/mine@sha256:0",
      allowedRanges: ["0.0.0.0/0"],
      memoryMiB: 512,
      environment: {},
      stopSeconds: 10,
      warmInstances: 0,
      instanceLimit: 1,
      requestsPerInstance: 5,
    });
  t.strictSame(await declared(run), ["app:ContainerApp mine", "app:ManagedEnvironment mine"]);
});

test("a fleet, behind a load balancer of one's own", async (t) => {
  const run = () =>
    void new Fleet("mine", {
      group: group(),
      subnetId: "subnet",
      securityGroupId: "group",
      pools: { loadBalancer: [pulumi.output("pool")], applicationGateway: [] },
      logRuleId: "rule",
      container: {
        name: "mine",
        image: "ghcr.io/mine/mine@sha256:0",
        hostPort: 80,
        containerPort: 8080,
        environment: {},
        memoryMiB: 256,
        stopSeconds: 10,
      },
      port: 80,
      architecture: "x86_64",
      vmSize: "Standard_B2als_v2",
      ubuntuVersion: "latest",
      volumeGiB: 30,
      zones: 1,
      capacity: 1,
      minInstances: 1,
      maxInstances: 1,
      cpuPercent: 50,
      spot: false,
      encryptionAtHost: false,
      sshPublicKey: "ssh-ed25519 AAAA",
      ready: [],
    });
  t.strictSame(await declared(run), [
    "compute:VirtualMachineScaleSet mine",
    "managedidentity:UserAssignedIdentity mine-machines",
    "monitor:AutoscaleSetting mine",
    "monitor:DataCollectionRuleAssociation mine",
  ]);
});

test("observability, of a balancer and a scale set that exist", async (t) => {
  const run = () =>
    void new Observability("mine", {
      group: group(),
      ingress: { kind: "loadBalancer", id: "balancer" },
      scaleSetId: "machines",
      autoscaleId: "scaling",
      workspaceId: "workspace",
      securityGroupIds: {},
      minInstances: 1,
      maxInstances: 2,
      sustainedPercent: 100,
      latencyAlarmMs: 100,
    });
  t.equal((await declared(run)).length, 2 + 4 + 1);
});
