/** Rules on scale sets and their scaling. */

import { items, part, type ResourceRule, wrongIf } from "../../policy/rule.ts";
import type { Properties } from "../../recorder/value.ts";
import { SCALE_SET } from "../types/tokens.ts";

const flexible: ResourceRule = {
  name: "scale-sets-are-flexible",
  reason:
    "Flexible orchestration is what Azure recommends, can't be changed later, and wants a version of its network API.",
  types: [SCALE_SET],
  violation: ({ props: { orchestrationMode, virtualMachineProfile } }) =>
    wrongIf(orchestrationMode !== "Flexible", "orchestrationMode must be Flexible") ??
    wrongIf(
      part(part(virtualMachineProfile)["networkProfile"])["networkApiVersion"] === undefined,
      "networkProfile.networkApiVersion must be given",
    ),
  passes: [{ props: scaleSet({}) }],
  breaks: [
    { props: scaleSet({ orchestrationMode: "Uniform" }) },
    { props: scaleSet({ virtualMachineProfile: {} }) },
  ],
};

function scaleSet(given: Properties) {
  const networkProfile = { networkApiVersion: "2022-11-01" };
  return { orchestrationMode: "Flexible", virtualMachineProfile: { networkProfile }, ...given };
}

const identity: ResourceRule = {
  name: "machines-have-a-user-assigned-identity",
  reason:
    "A scale set of Flexible orchestration takes no other kind, and a role can be given before there is a machine.",
  types: [SCALE_SET],
  violation: ({ props }) =>
    wrongIf(part(props["identity"])["type"] !== "UserAssigned", "identity.type must be UserAssigned"),
  passes: [{ props: { identity: { type: "UserAssigned" } } }],
  breaks: [{ props: {} }, { props: { identity: { type: "SystemAssigned" } } }],
};

const upgrade: ResourceRule = {
  name: "upgrades-make-new-machines",
  reason:
    "User data is read at a first boot only. Under Flexible orchestration Azure takes no upgrade back, so the old machines must stay until new ones are healthy.",
  types: [SCALE_SET],
  violation: ({ props }) => {
    const { mode, rollingUpgradePolicy } = part(props["upgradePolicy"]);
    const { maxSurge, rollbackFailedInstancesOnPolicyBreach: goesBack } = part(rollingUpgradePolicy);
    return (
      wrongIf(mode !== "Rolling", "upgradePolicy.mode must be Rolling") ??
      wrongIf(maxSurge !== true, "rollingUpgradePolicy.maxSurge must be true") ??
      wrongIf(
        goesBack !== undefined,
        "rollbackFailedInstancesOnPolicyBreach is for Uniform orchestration: watch the upgrade instead",
      )
    );
  },
  passes: [{ props: upgraded("Rolling", {}) }],
  breaks: [
    { props: upgraded("Manual", {}) },
    { props: upgraded("Rolling", { maxSurge: false }) },
    { props: upgraded("Rolling", { rollbackFailedInstancesOnPolicyBreach: true }) },
  ],
};

function upgraded(mode: string, given: Properties) {
  return { upgradePolicy: { mode, rollingUpgradePolicy: { maxSurge: true, ...given } } };
}

const health: ResourceRule = {
  name: "health-is-the-applications",
  reason:
    "A rolling upgrade and automatic repair under Flexible orchestration go by the Application Health extension alone.",
  types: [SCALE_SET],
  violation: ({ props: { virtualMachineProfile, automaticRepairsPolicy } }) => {
    const { extensions } = part(part(virtualMachineProfile)["extensionProfile"]);
    const asked = items(extensions).filter(({ type }) => type === "ApplicationHealthLinux");
    return (
      wrongIf(
        asked.length !== 1 || part(asked[0]?.["settings"])["requestPath"] === undefined,
        "extensionProfile must have ApplicationHealthLinux once, with a requestPath",
      ) ?? wrongIf(part(automaticRepairsPolicy)["enabled"] !== true, "automaticRepairsPolicy must be enabled")
    );
  },
  passes: [{ props: { ...extended({ requestPath: "/readyz" }), automaticRepairsPolicy: { enabled: true } } }],
  breaks: [
    { props: { automaticRepairsPolicy: { enabled: true } } },
    { props: { ...extended({}), automaticRepairsPolicy: { enabled: true } } },
    { props: extended({ requestPath: "/readyz" }) },
  ],
};

function extended(settings: Properties) {
  return {
    virtualMachineProfile: {
      extensionProfile: { extensions: [{ type: "ApplicationHealthLinux", settings }] },
    },
  };
}

const capacity: ResourceRule = {
  name: "updates-leave-the-capacity",
  reason:
    "Scaling changes the number of machines, and an update sends all inputs: with ignoreChanges the number of an earlier one.",
  types: [SCALE_SET],
  violation: ({ ignoreChanges }) =>
    wrongIf(
      ignoreChanges.includes("sku.capacity"),
      "the option ignoreChanges must not name sku.capacity: look up how many machines there are, and declare that",
    ),
  passes: [{ props: {} }],
  breaks: [{ props: {}, ignoreChanges: ["sku.capacity"] }],
};

const scaling: ResourceRule = {
  name: "scaling-goes-both-ways",
  reason: "Azure makes no rule of its own: without one to remove machines each peak stays on the bill.",
  types: ["azure-native:monitor:AutoscaleSetting"],
  violation: ({ props: { enabled, profiles } }) => {
    const directions = items(profiles)
      .flatMap(({ rules }) => items(rules))
      .map(({ scaleAction }) => part(scaleAction)["direction"]);
    return (
      wrongIf(enabled !== true, "enabled must be true") ??
      wrongIf(
        !["Increase", "Decrease"].every((direction) => directions.includes(direction)),
        "rules must have both directions, Increase and Decrease",
      )
    );
  },
  passes: [{ props: scaled("Increase", "Decrease") }],
  breaks: [{ props: scaled("Increase") }, { props: { ...scaled("Increase", "Decrease"), enabled: false } }],
};

function scaled(...directions: readonly string[]) {
  return {
    enabled: true,
    profiles: [{ rules: directions.map((direction) => ({ scaleAction: { direction } })) }],
  };
}

export const fleetRules = [flexible, identity, upgrade, health, capacity, scaling];
