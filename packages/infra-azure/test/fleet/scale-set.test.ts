/** Shows how the machines are declared. Can't show that they boot: the bootstrap's own tests come nearest to that. */
import { test } from "tap";
import { parse } from "yaml";
import { configurations, idIn, ofType, one, record, recordWhere } from "../configurations.ts";
import { required } from "../required.ts";

type Program = Awaited<ReturnType<typeof record>>;

const scaleSetOf = (program: Program) => one(program, "compute:VirtualMachineScaleSet");

async function inputs(settings: Readonly<Record<string, unknown>> = {}) {
  return scaleSetOf(await record(settings)).inputs;
}

/** The first boot's cloud-config, decoded from what the scale set says. */
function bootOf(program: Program) {
  const text = JSON.stringify(scaleSetOf(program).inputs);
  const customData = /"customData":"([^"]+)"/.exec(text)?.[1] ?? "";
  const { write_files } = parse(Buffer.from(customData, "base64").toString());
  const files: Record<string, string> = {};
  for (const { path, content } of write_files) files[path] = content;
  const unit = files["/etc/systemd/system/sorted.service"] ?? "";
  const run = unit.split("\n").find((line) => line.startsWith("ExecStart=")) ?? "";
  return { files, unit, run };
}

test("a scale set of Flexible orchestration over the zones, two machines to begin with, made anew for other zones", async (t) => {
  t.hasStrict(await inputs(), {
    resourceGroupName: "ServerVM",
    orchestrationMode: "Flexible",
    platformFaultDomainCount: 1,
    singlePlacementGroup: false,
    zones: ["1", "2"],
    sku: { name: "Standard_B2als_v2", capacity: 2 },
  });
  t.hasStrict(await inputs(configurations.threeZones), { zones: ["1", "2", "3"], sku: { capacity: 3 } });
  const { replaceOnChanges } = scaleSetOf(await record("least")).options;
  t.strictSame(
    replaceOnChanges,
    ["zones", "virtualMachineProfile.priority"],
    "Azure would refuse to change them",
  );
});

test("a machine has Trusted Launch, no password, and a private address only", async (t) => {
  t.hasStrict(await inputs(), {
    virtualMachineProfile: {
      securityProfile: {
        securityType: "TrustedLaunch",
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
        encryptionAtHost: undefined,
      },
      osProfile: {
        adminPassword: undefined,
        linuxConfiguration: {
          disablePasswordAuthentication: true,
          ssh: {
            publicKeys: [{ path: "/home/sorted/.ssh/authorized_keys", keyData: required.sshPublicKey }],
          },
        },
      },
      networkProfile: {
        networkApiVersion: "2022-11-01",
        networkInterfaceConfigurations: [
          {
            deleteOption: "Delete",
            ipConfigurations: [
              {
                subnet: { id: idIn("ServerVM", "Network/virtualNetworks/sorted/subnets/sorted-machines") },
                publicIPAddressConfiguration: undefined,
                loadBalancerInboundNatPools: undefined,
              },
            ],
          },
        ],
      },
    },
  });
});

test("Ubuntu LTS for the architecture, its newest image or a pinned one", async (t) => {
  const image = async (settings: Record<string, unknown>, expected: Record<string, unknown>) =>
    t.hasStrict(await inputs(settings), {
      virtualMachineProfile: { storageProfile: { imageReference: expected } },
    });
  const ubuntu = { publisher: "Canonical", offer: "ubuntu-24_04-lts" };
  await image({}, { ...ubuntu, sku: "server", version: "latest" });
  await image(configurations.arm64, { ...ubuntu, sku: "server-arm64" });
  await image({ ubuntuVersion: "24.04.202511100" }, { ...ubuntu, version: "24.04.202511100" });
});

test("the size goes with the architecture unless it is set; encryption at host is for who has it", async (t) => {
  t.hasStrict(await inputs(configurations.arm64), {
    sku: { name: "Standard_D2pls_v6" },
    virtualMachineProfile: { securityProfile: { encryptionAtHost: true } },
  });
  t.hasStrict(await inputs({ vmSize: "Standard_D4as_v6" }), { sku: { name: "Standard_D4as_v6" } });
  // The B series has no spot machines.
  t.hasStrict(await inputs({ spot: true }), { sku: { name: "Standard_D2als_v6" } });
});

test("a disk is deleted with its machine", async (t) => {
  t.hasStrict(await inputs({ volumeGiB: 64 }), {
    virtualMachineProfile: {
      storageProfile: {
        osDisk: {
          createOption: "FromImage",
          deleteOption: "Delete",
          diskSizeGB: 64,
          managedDisk: { storageAccountType: "StandardSSD_LRS" },
        },
      },
    },
  });
});

test("a machine may pull from the stack's registry, however that gives permissions, and nothing else", async (t) => {
  const program = await record("least");
  const definitions =
    "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions";
  const given = ofType(program, "authorization:RoleAssignment").map(({ inputs }) => inputs);
  t.strictSame(
    given.map(({ roleDefinitionId }) => roleDefinitionId),
    [
      // AcrPull, and Container Registry Repository Reader for a registry with permissions by repository.
      `${definitions}/7f951dda-4ed3-4680-a7ca-43fe172d538d`,
      `${definitions}/b93aa761-3e63-49ed-ac28-beffa264f7ac`,
    ],
  );
  for (const inputs of given) {
    t.hasStrict(inputs, {
      principalId: "principal-of-sorted-machines",
      principalType: "ServicePrincipal",
      scope: idIn("ServerVM", "ContainerRegistry/registries/sorted"),
    });
  }
  t.hasStrict(scaleSetOf(program).inputs, {
    identity: {
      type: "UserAssigned",
      userAssignedIdentities: [idIn("ServerVM", "ManagedIdentity/userAssignedIdentities/sorted-machines")],
    },
  });
});

test("for an image in another registry of Azure it may pull from that one, and elsewhere from none", async (t) => {
  const { registryId } = configurations.givenImageInAcr;
  const given = ofType(await record("givenImageInAcr"), "authorization:RoleAssignment");
  t.ok(given.length > 0 && given.every(({ inputs }) => inputs["scope"] === registryId));
  t.strictSame(ofType(await record("givenImage"), "authorization:RoleAssignment"), []);
});

test("the container is the image by digest, ports 80 and 8080 to its 3000, with its log in syslog", async (t) => {
  const { run, unit } = bootOf(await record("least"));
  t.ok(run.endsWith(` sorted.azurecr.io/sorted@sha256:${"ab".repeat(32)}`), run);
  t.match(run, " --publish=80:3000 --publish=8080:3000 ");
  t.match(run, " --log-driver=syslog ");
  t.match(run, " --log-opt=syslog-facility=local0 ");
  t.match(unit, "acr-login sorted.azurecr.io client-of-sorted-machines\n");
});

test("behind a gateway port 8080 leads nowhere, and the gateway is believed about clients' addresses", async (t) => {
  const { run, files } = bootOf(await record("applicationGateway"));
  t.notMatch(run, "8080");
  t.match(files["/etc/sorted/environment"], "TRUSTED_PROXIES=10.0.128.0/20\n");
});

test("a load balancer says nothing about clients' addresses, so nobody is believed", async (t) => {
  t.notMatch(bootOf(await record("least")).files["/etc/sorted/environment"], "TRUSTED_PROXIES");
});

test("with a base beside spot, so many machines are not spot machines", async (t) => {
  t.hasStrict(one(await record("spotAboveBase"), "compute:VirtualMachineScaleSet").inputs, {
    priorityMixPolicy: { baseRegularPriorityCount: 1, regularPriorityPercentageAboveBase: 0 },
    virtualMachineProfile: { priority: "Spot" },
  });
  t.notOk("priorityMixPolicy" in one(await record("spot"), "compute:VirtualMachineScaleSet").inputs);
});

test("a company's own key encrypts the disks, and its own identity pulls: the program gives no role", async (t) => {
  const { diskEncryptionSetId, identityId } = configurations.ofACompany;
  const program = await record("ofACompany");
  const scaleSet = one(program, "compute:VirtualMachineScaleSet");
  t.hasStrict(scaleSet.inputs, {
    identity: { userAssignedIdentities: [identityId] },
    virtualMachineProfile: {
      storageProfile: { osDisk: { managedDisk: { diskEncryptionSet: { id: diskEncryptionSetId } } } },
    },
  });
  t.match(bootOf(program).unit, "acr-login sorted.azurecr.io client-of-pull\n");
  t.strictSame(ofType(program, "authorization:RoleAssignment"), []);
});

test("clients can't read its metrics: behind a load balancer it has none, and a gateway refuses them", async (t) => {
  const environmentWith = async (settings: Readonly<Record<string, unknown>>) =>
    bootOf(await record(settings)).files["/etc/sorted/environment"];
  t.match(await environmentWith({}), "METRICS=false\n");
  t.match(await environmentWith({ publicMetrics: true }), "METRICS=true\n");
  t.match(await environmentWith(configurations.applicationGateway), "METRICS=true\n");
});

test("the application knows how it is stopped", async (t) => {
  const { files, unit, run } = bootOf(
    await record({
      shutdownDelaySeconds: 25,
      graceSeconds: 90,
      logRequests: true,
      environment: ["LOG_LEVEL=warn"],
      containerMemoryMiB: 512,
    }),
  );
  t.strictSame(files["/etc/sorted/environment"]?.trimEnd().split("\n").toSorted(), [
    "GRACE_SECONDS=90",
    "LOG_LEVEL=warn",
    "LOG_REQUESTS=true",
    "METRICS=false",
    "PORT=3000",
    "SHUTDOWN_DELAY_SECONDS=25",
  ]);
  t.match(unit, "docker stop -t 115 sorted");
  t.match(run, " --memory=512m ");
});

test("the application knows the keys by their hashes", async (t) => {
  const apiKeyHashes = ["a".repeat(64), "b".repeat(64)];
  const { files } = bootOf(await record({ apiKeyHashes }));
  t.match(files["/etc/sorted/environment"], `API_KEYS=${apiKeyHashes.join(",")}\n`);
});

test("Azure announces a deletion five minutes before, longer than an application may take to stop", async (t) => {
  t.hasStrict(await inputs(), {
    virtualMachineProfile: {
      scheduledEventsProfile: { terminateNotificationProfile: { enable: true, notBeforeTimeout: "PT5M" } },
    },
  });
  // 120 s each: with systemd's margin of 15 s still less than 300 s.
  await t.rejects(record({ graceSeconds: 121 }), /graceSeconds must be an integer from 1 to 120/);
});

test("health is asked of the application itself, by status 200", async (t) => {
  t.hasStrict(await inputs(), {
    virtualMachineProfile: {
      extensionProfile: {
        extensions: [
          {
            publisher: "Microsoft.ManagedServices",
            type: "ApplicationHealthLinux",
            typeHandlerVersion: "1.0",
            settings: { protocol: "http", port: 80, requestPath: "/readyz" },
          },
          { publisher: "Microsoft.Azure.Monitor", type: "AzureMonitorLinuxAgent" },
        ],
      },
      networkProfile: { healthProbe: undefined },
    },
  });
});

test("Azure renews no agent by itself: that would be an upgrade of the fleet, which the next update undoes", async (t) => {
  t.hasStrict(await inputs(), {
    virtualMachineProfile: {
      extensionProfile: {
        extensions: [
          { name: "health", autoUpgradeMinorVersion: true, enableAutomaticUpgrade: false },
          { name: "logs", autoUpgradeMinorVersion: true, enableAutomaticUpgrade: false },
        ],
      },
    },
  });
});

test("a new image or setting makes new machines beside the old ones, which stay until those are healthy", async (t) => {
  t.hasStrict(await inputs(), {
    upgradePolicy: {
      mode: "Rolling",
      rollingUpgradePolicy: {
        maxSurge: true,
        maxBatchInstancePercent: 50,
        // For Uniform orchestration only.
        rollbackFailedInstancesOnPolicyBreach: undefined,
      },
    },
  });
});

test("a machine that stays unhealthy is replaced, but not while it boots", async (t) => {
  t.hasStrict(await inputs(), {
    automaticRepairsPolicy: { enabled: true, gracePeriod: "PT10M", repairAction: "Replace" },
  });
});

test("machines start only when they can reach what they need, and be reached", async (t) => {
  const waitsFor = async (settings: Record<string, unknown>) =>
    scaleSetOf(await record(settings)).options.dependencies.join("\n");
  const usual = await waitsFor({});
  t.match(usual, "network:NatGateway::sorted");
  t.match(usual, "network:LoadBalancer::sorted");
  t.match(usual, "authorization:RoleAssignment::sorted-machines");
  t.match(await waitsFor(configurations.applicationGateway), "network:ApplicationGateway::sorted");
});

test("spot: machines that Azure may take away, at no more than the usual price", async (t) => {
  t.hasStrict(await inputs(configurations.spot), {
    virtualMachineProfile: {
      priority: "Spot",
      evictionPolicy: "Delete",
      billingProfile: { maxPrice: -1 },
      // Azure refuses it for spot machines.
      scheduledEventsProfile: undefined,
    },
  });
  t.hasStrict(await inputs(), { virtualMachineProfile: { priority: undefined } });
});

test("scaling keeps a load of the processors, between the least and the greatest number", async (t) => {
  const program = await record({
    vmSize: "Standard_D2als_v6",
    cpuPercent: 60,
    minInstances: 3,
    maxInstances: 12,
  });
  const scaleSetId = scaleSetOf(program).id;
  t.hasStrict(one(program, "monitor:AutoscaleSetting").inputs, {
    enabled: true,
    targetResourceUri: scaleSetId,
    profiles: [
      {
        capacity: { minimum: "3", maximum: "12", default: "3" },
        rules: [
          {
            metricTrigger: {
              metricName: "Percentage CPU",
              metricResourceUri: scaleSetId,
              operator: "GreaterThan",
              threshold: 60,
            },
            scaleAction: { direction: "Increase", type: "ChangeCount", value: "1" },
          },
          {
            metricTrigger: { operator: "LessThan", threshold: 30 },
            scaleAction: { direction: "Decrease", type: "ChangeCount", value: "1" },
          },
        ],
      },
    ],
  });
});

test("scaling works on machines that Azure slows down: the load is in percent of what they can do for ever", async (t) => {
  t.hasStrict(one(await record("least"), "monitor:AutoscaleSetting").inputs, {
    // Half of 30 %, and half of that.
    profiles: [{ rules: [{ metricTrigger: { threshold: 15 } }, { metricTrigger: { threshold: 7.5 } }] }],
  });
});

test("an update declares as many machines as scaling has made, within the limits", async (t) => {
  const declaredWhere = async (capacity: number, settings: Record<string, unknown> = {}) => {
    const scaleSets = () => [
      {
        id: idIn("ServerVM", "Compute/virtualMachineScaleSets/sorted"),
        vmSize: "Standard_B2als_v2",
        capacity,
        model: "",
      },
    ];
    return scaleSetOf(await recordWhere({ scaleSets }, settings, true)).inputs["sku"];
  };
  t.hasStrict(await declaredWhere(4), { capacity: 4 });
  t.hasStrict(await declaredWhere(4, { maxInstances: 3 }), { capacity: 3 });
  t.hasStrict(await declaredWhere(1), { capacity: 2 });
});

test("what a machine is made by is in the model as a text: a new one starts an upgrade", async (t) => {
  const tagOf = async (settings: Record<string, unknown>) => {
    const { virtualMachineProfile } = await inputs(settings);
    return /"forceUpdateTag":"([0-9a-f]{16})"/.exec(JSON.stringify(virtualMachineProfile))?.[1];
  };
  const usual = await tagOf({});
  t.ok(usual);
  for (const other of [
    { logRequests: true },
    { vmSize: "Standard_D4as_v6" },
    { ubuntuVersion: "24.04.202511100" },
  ])
    t.not(await tagOf(other), usual, JSON.stringify(other));
  for (const same of [{ maxInstances: 9 }, { cpuPercent: 40 }, { logRetentionDays: 60 }])
    t.equal(await tagOf(same), usual, JSON.stringify(same));
});
