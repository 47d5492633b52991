/** The instances: an Auto Scaling group that keeps them at work, and renews them without a gap. */
import type { LaunchTemplateSpecification, MixedInstancesPolicy } from "@aws-sdk/client-auto-scaling";
import * as autoscaling from "@pulumi/aws/autoscaling/index.js";
import type { LaunchTemplate } from "@pulumi/aws/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";
import { amazonLinux2023, type Container, readyPath, renderBootstrap } from "@sorted/infra-kit";
import type { Placement } from "../network/placement.ts";
import { sustainedPercent } from "./burst.ts";
import { Identity } from "./instance-profile.ts";
import { launchTemplate } from "./launch-template.ts";
import { rollOut } from "./roll-out.ts";
import { InstanceAccess } from "./security-group.ts";

/** A first boot installs Docker and pulls the image; health checks don't count before. */
const bootSeconds = 300;

/** How long a new instance needs until its load says something. */
const warmupSeconds = 60;

/** The pools from which AWS is least likely to take instances back. */
const spotAllocationStrategy = "price-capacity-optimized";

/**
 * A new instance comes before an old one goes, also where there is only one: AWS may round 150 % of one down to one.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-maintenance-policy.html
 */
const replacement = { minHealthyPercentage: 100, maxHealthyPercentage: 200 } as const;

/** What instances are and how many. */
export interface FleetArgs {
  readonly placement: Pick<Placement, "vpcId" | "privateSubnetIds" | "wayOut" | "ready">;
  /** The load balancer's side. */
  readonly ingress: {
    readonly securityGroupId: pulumi.Input<string>;
    readonly targetGroupArn: pulumi.Input<string>;
    readonly loadBalancerArnSuffix: pulumi.Input<string>;
    readonly targetGroupArnSuffix: pulumi.Input<string>;
    readonly ready: readonly pulumi.Resource[];
  };
  readonly logGroup: { readonly name: pulumi.Input<string>; readonly arn: pulumi.Input<string> };
  readonly region: string;
  /** The container; its image by digest. */
  readonly container: pulumi.Input<Omit<Container, "logging">>;
  readonly port: number;
  readonly architecture: "arm64" | "x86_64";
  readonly amiId?: string | undefined;
  /** The first is used; with `spot`, whichever of them AWS has most of. */
  readonly instanceTypes: readonly [string, ...string[]];
  readonly volumeGiB: number;
  /** The ARN of the key that encrypts the disks, if not AWS's own. */
  readonly kmsKeyArn?: string | undefined;
  readonly minInstances: number;
  readonly maxInstances: number;
  /**
   * What to keep by adding and removing instances: a load of the processors, in percent of what the instances can do for
   * ever, or a number of requests.
   */
  readonly target: { readonly cpuPercent: number } | { readonly requestsPerMinute: number };
  readonly spot: boolean;
  /** With `spot`, so many instances are none all the same. */
  readonly onDemandBase?: number;
  /** How long an instance that is to go may take for its last requests. */
  readonly stopSeconds: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Instances in the private subnets that run one container each. */
export class Fleet extends pulumi.ComponentResource {
  readonly groupName: pulumi.Output<string>;
  /** Known once every instance runs what is declared. */
  readonly rolledOut: pulumi.Output<unknown>;

  readonly #name: string;
  readonly #args: FleetArgs;

  constructor(name: string, args: FleetArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:Fleet", name, {}, options);
    this.#name = name;
    this.#args = args;

    const { vpcId, wayOut } = args.placement;
    const container = pulumi.output(args.container);
    const balancerSecurityGroupId = args.ingress.securityGroupId;
    const access = new InstanceAccess(
      `${name}-instances`,
      { vpcId, balancerSecurityGroupId, port: args.port, wayOut },
      { parent: this },
    );
    const identity = new Identity(
      name,
      { image: container.image, logGroupArn: args.logGroup.arn },
      { parent: this },
    );
    const template = launchTemplate(
      name,
      {
        ...args,
        instanceType: args.instanceTypes[0],
        securityGroupId: access.securityGroupId,
        instanceProfileArn: identity.instanceProfileArn,
        userData: this.#userData(container),
      },
      this,
    );
    const group = this.#group(template, [access, identity]);
    this.#scale(group);
    this.groupName = group.name;
    this.rolledOut = this.#rollOut(template, group);
    this.registerOutputs({ groupName: this.groupName });
  }

  #userData(container: pulumi.Output<Omit<Container, "logging">>): pulumi.Output<string> {
    return pulumi.all([container, this.#args.logGroup.name]).apply(([run, group]) =>
      renderBootstrap({
        container: {
          ...run,
          logging: {
            driver: "awslogs",
            options: {
              "awslogs-region": this.#args.region,
              "awslogs-group": group,
              "awslogs-stream": "%H",
              // The application goes on when CloudWatch is slow; the oldest lines are lost then.
              mode: "non-blocking",
              "max-buffer-size": "4m",
            },
          },
        },
        distribution: amazonLinux2023(run.image),
        readyPath,
      }),
    );
  }

  #group(template: LaunchTemplate, before: readonly pulumi.Resource[]): autoscaling.Group {
    const { placement, ingress, minInstances, maxInstances, tags, spot } = this.#args;
    return new autoscaling.Group(
      this.#name,
      {
        vpcZoneIdentifiers: [...placement.privateSubnetIds],
        targetGroupArns: [ingress.targetGroupArn],
        minSize: minInstances,
        maxSize: maxInstances,
        // The roll-out waits, for as many or more. The provider would fail at the first launch that fails, and after a
        // change of the least number wait for exactly as many as the state remembers: terraform-provider-aws#26230.
        waitForCapacityTimeout: "0",
        healthCheckType: "ELB",
        healthCheckGracePeriod: bootSeconds,
        defaultInstanceWarmup: warmupSeconds,
        ...this.#firstModel(template),
        capacityRebalance: spot,
        instanceMaintenancePolicy: replacement,
        metricsGranularity: "1Minute",
        enabledMetrics: ["GroupDesiredCapacity", "GroupInServiceInstances"],
        tags: Object.entries({ Name: this.#name, ...tags }).map(([key, value]) => ({
          key,
          value,
          propagateAtLaunch: true,
        })),
      },
      {
        parent: this,
        // An instance that starts before it can reach what it needs, or be reached, would have to be replaced.
        dependsOn: [...placement.ready, ...ingress.ready, ...before],
        // Scaling changes the capacity, and the roll-out the model; an update must not undo or forestall that.
        ignoreChanges: ["desiredCapacity", "launchTemplate", "mixedInstancesPolicy"],
      },
    );
  }

  /** What the first instances are made from. By version, not `$Latest`: only then can a roll-out go back. */
  #firstModel(template: LaunchTemplate): Partial<autoscaling.GroupArgs> {
    const version = template.latestVersion.apply(String);
    if (!this.#args.spot) return { launchTemplate: { id: template.id, version } };
    return {
      mixedInstancesPolicy: {
        instancesDistribution: {
          onDemandBaseCapacity: this.#args.onDemandBase ?? 0,
          onDemandPercentageAboveBaseCapacity: 0,
          spotAllocationStrategy,
        },
        launchTemplate: {
          launchTemplateSpecification: { launchTemplateId: template.id, version },
          overrides: this.#args.instanceTypes.map((instanceType) => ({ instanceType })),
        },
      },
    };
  }

  #rollOut(template: LaunchTemplate, group: autoscaling.Group): pulumi.Output<unknown> {
    const { region, ingress, spot, minInstances, stopSeconds } = this.#args;
    const model = pulumi.all([template.id, template.latestVersion]).apply(([LaunchTemplateId, latest]) => {
      const LaunchTemplate = { LaunchTemplateId, Version: String(latest) };
      return spot ? { MixedInstancesPolicy: spotPolicy(LaunchTemplate, this.#args) } : { LaunchTemplate };
    });
    return rollOut(
      this.#name,
      {
        region,
        autoScalingGroupName: group.name,
        targetGroupArn: ingress.targetGroupArn,
        model,
        leastHealthy: minInstances,
        // For one instance to boot twice and another to end, with some minutes for AWS.
        patienceSeconds: 2 * bootSeconds + warmupSeconds + stopSeconds + 300,
      },
      { parent: this, dependsOn: [...ingress.ready] },
    ).stdout;
  }

  #scale(group: autoscaling.Group): void {
    const { target, ingress } = this.#args;
    const targetTrackingConfiguration =
      "cpuPercent" in target
        ? {
            predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
            targetValue: (target.cpuPercent * sustainedPercent(this.#args.instanceTypes)) / 100,
          }
        : {
            predefinedMetricSpecification: {
              predefinedMetricType: "ALBRequestCountPerTarget",
              resourceLabel: pulumi.interpolate`${ingress.loadBalancerArnSuffix}/${ingress.targetGroupArnSuffix}`,
            },
            targetValue: target.requestsPerMinute,
          };
    new autoscaling.Policy(
      this.#name,
      { autoscalingGroupName: group.name, policyType: "TargetTrackingScaling", targetTrackingConfiguration },
      // AWS refuses a target on requests while no listener leads to the group.
      { parent: this, dependsOn: [...ingress.ready] },
    );
  }
}

/** The policy of {@link Fleet}'s first model, as AWS's API has it. */
function spotPolicy(
  LaunchTemplateSpecification: LaunchTemplateSpecification,
  { instanceTypes, onDemandBase = 0 }: FleetArgs,
): MixedInstancesPolicy {
  return {
    InstancesDistribution: {
      OnDemandBaseCapacity: onDemandBase,
      OnDemandPercentageAboveBaseCapacity: 0,
      SpotAllocationStrategy: spotAllocationStrategy,
    },
    LaunchTemplate: {
      LaunchTemplateSpecification,
      Overrides: instanceTypes.map((InstanceType) => ({ InstanceType })),
    },
  };
}
