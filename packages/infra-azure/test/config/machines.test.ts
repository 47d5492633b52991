/** Shows that a preview asks Azure about the machines that the settings want. Can't show that Azure answers so. */
import { mistakesOf } from "@sorted/infra-check";
import { type AzureState, nothingYet, type Size, sizes } from "@sorted/infra-check/azure";
import { test } from "tap";
import { recordWhere } from "../configurations.ts";

/** What a preview says of settings in a subscription. */
const mistakesWhere = (state: Partial<AzureState>, settings: Readonly<Record<string, unknown>>) =>
  mistakesOf(recordWhere(state, settings, true));

const mistakes = (settings: Readonly<Record<string, unknown>>) => mistakesWhere({ quotas: {} }, settings);

test("a size that does not exist, or not for these settings, stops the preview", async (t) => {
  for (const [settings, ...messages] of [
    [{ vmSize: "Standard_B2alsv2" }, "vmSize Standard_B2alsv2 does not exist in westeurope"],
    [{ vmSize: "Standard_D2pls_v6" }, "vmSize Standard_D2pls_v6 is arm64, but architecture is x86_64"],
    [
      { vmSize: "Standard_D2als_v6", architecture: "arm64" },
      "vmSize Standard_D2als_v6 is x86_64, but architecture is arm64",
    ],
    [
      { vmSize: "Standard_A2_v2", encryptionAtHost: true },
      "vmSize Standard_A2_v2 does not support Trusted Launch",
      "encryptionAtHost needs another vmSize: Standard_A2_v2 does not support it",
    ],
    [
      { vmSize: "Standard_B1s" },
      "containerMemoryMiB must be 324 or less on Standard_B1s: the host needs 700 MiB",
    ],
    [
      { vmSize: "Standard_B2als_v2", spot: true },
      "spot needs another vmSize: Azure has no spot machines of Standard_B2als_v2",
    ],
  ] as const) {
    t.strictSame(
      await mistakes(settings),
      messages.map((message) => `sorted-azure:${message}`),
    );
  }
  t.strictSame(await mistakes({ vmSize: "Standard_D4AS_v6", containerMemoryMiB: 15_684 }), []);
});

test("so does one that the subscription can't have in the region, or in one of the zones", async (t) => {
  const size: Size = { family: "f", vCPUs: 2, memoryGB: 4 };
  const where = (change: Partial<Size>) => ({
    quotas: {},
    sizes: { ...sizes, Standard_B2als_v2: { ...size, ...change } },
  });
  t.strictSame(await mistakesWhere(where({ restrictions: [{ type: "Location" }] }), {}), [
    "sorted-azure:vmSize Standard_B2als_v2 is not available to your subscription in this region: choose another size, or ask Azure for it",
  ]);
  const second = { restrictions: [{ type: "Zone", restrictionInfo: { zones: ["2"] } }] } as const;
  t.strictSame(await mistakesWhere(where(second), {}), [
    "sorted-azure:zones 2 can't be had: zone 2 has no Standard_B2als_v2 for your subscription",
  ]);
  t.strictSame(await mistakesWhere(where(second), { zones: 1 }), []);
  t.strictSame(await mistakesWhere(where({ zones: [] }), {}), [
    "sorted-azure:zones 2 can't be had: zone 1 and 2 has no Standard_B2als_v2 for your subscription",
  ]);
});

test("the quota must have room for the smallest fleet and what replaces it; its own machines don't count twice", async (t) => {
  const quotas = (used: number, limit: number) =>
    ({ cores: [0, 100], standardBasv2Family: [used, limit] }) as const;
  t.strictSame(await mistakesWhere({ quotas: quotas(0, 6) }, {}), []);
  t.strictSame(await mistakesWhere({ quotas: quotas(1, 6) }, {}), [
    "sorted-azure:minInstances 2 takes 6 processors of Standard_B2als_v2, with those that replace them in an upgrade, and the quota standardBasv2Family has 5: ask Azure for more, or set a smaller vmSize",
  ]);
  const running: Partial<AzureState> = {
    scaleSets: () => [
      {
        id: "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/ServerVM/providers/Microsoft.Compute/virtualMachineScaleSets/sorted",
        vmSize: "Standard_B2als_v2",
        capacity: 2,
        model: "",
      },
    ],
    machines: nothingYet.machines,
    quotas: quotas(4, 6),
  };
  t.strictSame(await mistakesWhere(running, {}), []);
});

test("spot machines have a quota of their own, and those beneath them the usual one", async (t) => {
  const saidWith = (settings: Readonly<Record<string, unknown>>, cores: number, lowPriorityCores: number) =>
    mistakesWhere({ quotas: { cores: [0, cores], lowPriorityCores: [0, lowPriorityCores] } }, settings);
  t.strictSame(await saidWith({ spot: true }, 0, 12), []);
  t.match(await saidWith({ spot: true }, 100, 4), [
    /minInstances 2 takes 6 processors .* the quota lowPriorityCores has 4/,
  ]);
  t.strictSame(await saidWith({ spot: true, onDemandBase: 1 }, 2, 10), []);
  t.match(await saidWith({ spot: true, onDemandBase: 1 }, 1, 10), [
    /minInstances 2 takes 2 processors .* the quota cores has 1/,
  ]);
});

test("a container app needs no machines, and nothing is asked", async (t) => {
  t.strictSame(await mistakesWhere({ sizes: {} }, { compute: "serverless" }), []);
});
