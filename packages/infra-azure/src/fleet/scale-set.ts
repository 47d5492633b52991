/** The machines: a scale set that keeps them at work, and renews them without a gap. */
import { createHash } from "node:crypto";
import { VirtualMachineScaleSet } from "@pulumi/azure-native/compute/index.js";
import { DataCollectionRuleAssociation } from "@pulumi/azure-native/monitor/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type Container, readyPath, renderBootstrap, ubuntu } from "@sorted/infra-kit";
import type { Pools } from "../ingress/ingress.ts";
import { logFacility } from "../logs/data-collection-rule.ts";
import type { Group } from "../resources/resource-group.ts";
import { autoscale } from "./autoscale-setting.ts";
import { sustainedPercent } from "./burst.ts";
import { applicationHealth, monitorAgent } from "./extensions.ts";
import { type ExistingIdentity, Identity } from "./managed-identity.ts";
import { surgePercent } from "./surge.ts";
import { machineProfile } from "./virtual-machine-profile.ts";

/** A first boot installs Docker and pulls the image; no machine is repaired before. Azure takes 10 minutes or more. */
const bootGrace = "PT10M";

type Profile = ReturnType<typeof machineProfile>;

/** A short text that stands for a value as JSON. */
function fingerprint(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}

/** What machines are and how many. */
export interface FleetArgs {
  readonly group: Group;
  readonly subnetId: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** The pools of a balancer that the machines join. */
  readonly pools: Pools;
  /** The rule by which logs are collected. */
  readonly logRuleId: pulumi.Input<string>;
  /** The container; its image by digest. */
  readonly container: pulumi.Input<Omit<Container, "logging">>;
  /** The port that answers whether the application is ready. */
  readonly port: number;
  /** An identity that may pull already, instead of one of its own. */
  readonly identity?: ExistingIdentity | undefined;
  /** The ID of the registry of Azure that the image lies in, if it does. */
  readonly registryId?: pulumi.Input<string> | undefined;
  readonly architecture: "arm64" | "x86_64";
  readonly vmSize: string;
  /** The version of Canonical's image, or `latest`. */
  readonly ubuntuVersion: string;
  readonly volumeGiB: number;
  /** Over how many availability zones, 1 to 3. */
  readonly zones: number;
  /** How many machines there are, as scaling has it; a new scale set begins with so many. */
  readonly capacity: number;
  readonly minInstances: number;
  readonly maxInstances: number;
  /** Above this load, in percent of what the machines can do for ever, a machine is added. */
  readonly cpuPercent: number;
  readonly spot: boolean;
  /** With spot, how many machines are not spot machines. */
  readonly onDemandBase?: number;
  readonly encryptionAtHost: boolean;
  /** The ID of what has the key for the disks; without it Azure has one. */
  readonly diskEncryptionSetId?: string | undefined;
  readonly sshPublicKey: string;
  /** What must exist before a machine can reach anything, or be reached. */
  readonly ready: readonly pulumi.Resource[];
}

/** Machines in a private subnet that run one container each. */
export class Fleet extends pulumi.ComponentResource {
  readonly scaleSetId: pulumi.Output<string>;
  readonly scaleSetName: pulumi.Output<string>;
  readonly autoscaleId: pulumi.Output<string>;
  /** What all machines are to be made by: another text for another image, size or setting of a machine. */
  readonly model: pulumi.Output<string>;

  readonly #name: string;
  readonly #args: FleetArgs;

  constructor(name: string, args: FleetArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:Fleet", name, {}, options);
    this.#name = name;
    this.#args = args;

    const identity = new Identity(`${name}-machines`, { ...args, existing: args.identity }, { parent: this });
    const machine = this.#machine(identity);
    this.model = pulumi.output({ vmSize: args.vmSize, profile: machine() }).apply(fingerprint);
    const scaleSet = this.#scaleSet(identity, machine(this.model));
    new DataCollectionRuleAssociation(
      name,
      { associationName: name, resourceUri: scaleSet.id, dataCollectionRuleId: args.logRuleId },
      { parent: this },
    );
    const scaling = autoscale(
      name,
      {
        ...args,
        scaleSetId: scaleSet.id,
        cpuPercent: (args.cpuPercent * sustainedPercent(args.vmSize)) / 100,
      },
      this,
    );
    this.scaleSetId = scaleSet.id;
    this.scaleSetName = scaleSet.name;
    this.autoscaleId = scaling.id;
    this.registerOutputs({ scaleSetName: this.scaleSetName });
  }

  /** How a machine is made; with a model, so that it says by which. */
  #machine(identity: Identity): (model?: pulumi.Output<string>) => Profile {
    const userData = this.#userData(identity);
    const { port } = this.#args;
    return (model) =>
      machineProfile(this.#name, {
        ...this.#args,
        userData,
        extensions: [
          applicationHealth({ port, readyPath, ...(model && { model }) }),
          monitorAgent({ identityId: identity.id }),
        ],
      });
  }

  #scaleSet(identity: Identity, virtualMachineProfile: Profile): VirtualMachineScaleSet {
    const { group, vmSize, capacity, zones, onDemandBase = 0 } = this.#args;
    return new VirtualMachineScaleSet(
      this.#name,
      {
        resourceGroupName: group.name,
        orchestrationMode: "Flexible",
        zones: Array.from({ length: zones }, (_, zone) => String(zone + 1)),
        // Within a zone Azure spreads machines as widely as it can.
        platformFaultDomainCount: 1,
        singlePlacementGroup: false,
        // The provider updates by sending everything: without the number that there is, it would undo what scaling did.
        sku: { name: vmSize, tier: "Standard", capacity },
        ...(onDemandBase > 0 && {
          priorityMixPolicy: {
            baseRegularPriorityCount: onDemandBase,
            regularPriorityPercentageAboveBase: 0,
          },
        }),
        identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
        virtualMachineProfile,
        upgradePolicy: {
          mode: "Rolling",
          rollingUpgradePolicy: {
            // New machines rather than old ones made anew: what changes is read at a first boot only.
            maxSurge: true,
            maxBatchInstancePercent: surgePercent,
            maxUnhealthyInstancePercent: surgePercent,
            maxUnhealthyUpgradedInstancePercent: 20,
            pauseTimeBetweenBatches: "PT30S",
            prioritizeUnhealthyInstances: true,
          },
        },
        automaticRepairsPolicy: { enabled: true, gracePeriod: bootGrace, repairAction: "Replace" },
      },
      {
        parent: this,
        dependsOn: [...this.#args.ready, ...identity.ready],
        // Azure changes neither of a scale set that is there: the provider would find that out in the middle of an update.
        replaceOnChanges: ["zones", "virtualMachineProfile.priority"],
      },
    );
  }

  #userData(identity: Identity): pulumi.Output<string> {
    return pulumi.all([this.#args.container, identity.clientId]).apply(([run, clientId]) =>
      renderBootstrap({
        container: {
          ...run,
          logging: {
            driver: "syslog",
            options: {
              "syslog-address": "unixgram:///dev/log",
              "syslog-facility": logFacility,
              tag: run.name,
              // The application goes on when the log is slow; the oldest lines are lost then.
              mode: "non-blocking",
              "max-buffer-size": "4m",
            },
          },
        },
        distribution: ubuntu({ image: run.image, clientId, unit: `${run.name}.service` }),
        readyPath,
      }),
    );
  }
}
