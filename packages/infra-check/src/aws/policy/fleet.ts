/** Rules on launch templates, Auto Scaling groups and their scaling. */
import { items, part, type ResourceRule, type StackRule, wrongIf } from "../../policy/rule.ts";
import { LISTENER, SCALING_POLICY } from "../types/tokens.ts";

const TEMPLATE = ["aws:ec2/launchTemplate:LaunchTemplate"];
const GROUP = ["aws:autoscaling/group:Group"];

const metadata: ResourceRule = {
  name: "metadata-needs-a-token",
  reason:
    "By default the metadata service answers without a session token; one hop keeps containers from the host's credentials.",
  types: TEMPLATE,
  violation: ({ props }) => {
    const { httpTokens, httpPutResponseHopLimit: hops } = part(props["metadataOptions"]);
    return (
      wrongIf(httpTokens !== "required", "metadataOptions.httpTokens must be required") ??
      wrongIf(hops !== 1, "metadataOptions.httpPutResponseHopLimit must be 1")
    );
  },
  passes: [{ props: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } } }],
  breaks: [
    { props: {} },
    { props: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 } } },
  ],
};

const disks: ResourceRule = {
  name: "disks-are-encrypted",
  reason: 'Disks are encrypted only if the template says so, by the text "true".',
  types: TEMPLATE,
  violation: ({ props }) => {
    const volumes = items(props["blockDeviceMappings"]).map(({ ebs }) => part(ebs));
    const encrypted = volumes.length > 0 && volumes.every((ebs) => String(ebs["encrypted"]) === "true");
    return wrongIf(!encrypted, 'every one of blockDeviceMappings must have ebs.encrypted "true"');
  },
  passes: [{ props: { blockDeviceMappings: [{ ebs: { encrypted: "true" } }] } }],
  breaks: [{ props: {} }, { props: { blockDeviceMappings: [{ ebs: { encrypted: "true" } }, { ebs: {} }] } }],
};

const ways: ResourceRule = {
  name: "instances-are-not-reached-directly",
  reason:
    "Instances are reached through the load balancer, and by Session Manager: no key pair, no public address.",
  types: TEMPLATE,
  violation: ({ props }) =>
    wrongIf(props["keyName"] !== undefined, "keyName must not be set") ??
    wrongIf(
      items(props["networkInterfaces"]).some(
        (networkInterface) => String(networkInterface["associatePublicIpAddress"]) === "true",
      ),
      "associatePublicIpAddress must not be true",
    ),
  passes: [{ props: {} }, { props: { networkInterfaces: [{ associatePublicIpAddress: "false" }] } }],
  breaks: [
    { props: { keyName: "key" } },
    { props: { networkInterfaces: [{ associatePublicIpAddress: "true" }] } },
  ],
};

const digest: ResourceRule = {
  name: "image-is-run-by-digest",
  reason:
    "A tag can move: with the digest in the user data, a new image makes a new version of the template, and a refresh.",
  types: TEMPLATE,
  violation: ({ props }) => {
    const text = Buffer.from(String(props["userData"] ?? ""), "base64").toString();
    return wrongIf(!/@sha256:[0-9a-f]{64}/.test(text), "userData must name the image by @sha256:");
  },
  passes: [{ props: { userData: userData(`registry/sorted@sha256:${"0".repeat(64)}`) } }],
  breaks: [{ props: {} }, { props: { userData: userData("registry/sorted:latest") } }],
};

function userData(text: string): string {
  return Buffer.from(text).toString("base64");
}

const templateTags: ResourceRule = {
  name: "instances-carry-tags",
  reason:
    "The provider's default tags don't reach what a group starts: bills and searches would miss instances and disks.",
  types: TEMPLATE,
  violation: ({ props }) => {
    const tagged = items(props["tagSpecifications"]).map(({ resourceType }) => resourceType);
    return wrongIf(
      !["instance", "volume"].every((type) => tagged.includes(type)),
      "tagSpecifications must name instance and volume",
    );
  },
  passes: [{ props: { tagSpecifications: [{ resourceType: "instance" }, { resourceType: "volume" }] } }],
  breaks: [{ props: {} }, { props: { tagSpecifications: [{ resourceType: "instance" }] } }],
};

const version: ResourceRule = {
  name: "template-version-is-a-number",
  reason: "With $Latest no instance refresh starts when the template changes, and none can be rolled back.",
  types: GROUP,
  violation: ({ props }) => {
    const mixed = part(part(props["mixedInstancesPolicy"])["launchTemplate"]);
    const versions = [part(props["launchTemplate"]), part(mixed["launchTemplateSpecification"])].map(
      (template) => template["version"],
    );
    return wrongIf(
      !versions.some((text) => /^\d+$/.test(String(text))),
      "the launch template's version must be its latestVersion",
    );
  },
  passes: [
    { props: { launchTemplate: { version: "3" } } },
    {
      props: { mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { version: "3" } } } },
    },
  ],
  breaks: [{ props: { launchTemplate: { version: "$Latest" } } }, { props: { launchTemplate: {} } }],
};

const model = ["launchTemplate", "mixedInstancesPolicy"] as const;

const savedLast: ResourceRule = {
  name: "model-is-saved-last",
  reason:
    "The provider saves a new template on the group before it starts a refresh, so that one that fails goes back to the new one.",
  types: GROUP,
  violation: ({ props, ignoreChanges }) =>
    wrongIf(
      props["instanceRefresh"] !== undefined,
      "instanceRefresh must not be set: the update starts it",
    ) ??
    wrongIf(
      !model.every((input) => ignoreChanges.includes(input)),
      "the option ignoreChanges must name launchTemplate and mixedInstancesPolicy",
    ),
  passes: [{ props: {}, ignoreChanges: model }],
  breaks: [
    { props: {} },
    { props: {}, ignoreChanges: ["launchTemplate"] },
    { props: { instanceRefresh: { preferences: { autoRollback: true } } }, ignoreChanges: model },
  ],
};

const noWait: ResourceRule = {
  name: "provider-does-not-count-instances",
  reason:
    "The provider fails at the first launch that fails, and waits for the exact number that its state remembers, which scaling has changed.",
  types: GROUP,
  violation: ({ props: { waitForCapacityTimeout } }) =>
    wrongIf(waitForCapacityTimeout !== "0", 'waitForCapacityTimeout must be "0"'),
  passes: [{ props: { waitForCapacityTimeout: "0" } }],
  breaks: [{ props: {} }, { props: { waitForCapacityTimeout: "10m" } }],
};

const groupHealth: ResourceRule = {
  name: "unhealthy-instances-are-replaced",
  reason:
    "By default a group looks at the machine only, not at what the load balancer sees of the application.",
  types: GROUP,
  violation: ({ props: { healthCheckType, healthCheckGracePeriod, defaultInstanceWarmup } }) =>
    wrongIf(healthCheckType !== "ELB", "healthCheckType must be ELB") ??
    wrongIf(healthCheckGracePeriod === undefined, "healthCheckGracePeriod must be set") ??
    wrongIf(defaultInstanceWarmup === undefined, "defaultInstanceWarmup must be set"),
  passes: [{ props: { healthCheckType: "ELB", healthCheckGracePeriod: 300, defaultInstanceWarmup: 60 } }],
  breaks: [
    { props: { healthCheckGracePeriod: 300, defaultInstanceWarmup: 60 } },
    { props: { healthCheckType: "ELB", defaultInstanceWarmup: 60 } },
    { props: { healthCheckType: "ELB", healthCheckGracePeriod: 300 } },
  ],
};

const capacity: ResourceRule = {
  name: "updates-leave-the-capacity",
  reason: "Scaling changes the desired capacity; an update must not undo that.",
  types: GROUP,
  violation: ({ ignoreChanges }) =>
    wrongIf(!ignoreChanges.includes("desiredCapacity"), "the option ignoreChanges must name desiredCapacity"),
  passes: [{ props: {}, ignoreChanges: ["desiredCapacity"] }],
  breaks: [{ props: {} }],
};

const spot: ResourceRule = {
  name: "spot-follows-capacity",
  reason: "The default, lowest-price, picks the pools from which instances are taken back most often.",
  types: GROUP,
  violation: ({ props }) => {
    const { mixedInstancesPolicy } = props;
    const { spotAllocationStrategy } = part(part(mixedInstancesPolicy)["instancesDistribution"]);
    return wrongIf(
      mixedInstancesPolicy !== undefined && spotAllocationStrategy !== "price-capacity-optimized",
      "spotAllocationStrategy must be price-capacity-optimized",
    );
  },
  passes: [
    { props: {} },
    {
      props: {
        mixedInstancesPolicy: {
          instancesDistribution: { spotAllocationStrategy: "price-capacity-optimized" },
        },
      },
    },
  ],
  breaks: [{ props: { mixedInstancesPolicy: { instancesDistribution: {} } } }],
};

const groupTags: ResourceRule = {
  name: "group-passes-tags-on",
  reason: "Tags of a group reach its instances only with propagateAtLaunch.",
  types: GROUP,
  violation: ({ props }) =>
    wrongIf(
      items(props["tags"]).length === 0 ||
        items(props["tags"]).some((tag) => tag["propagateAtLaunch"] !== true),
      "tags must be given, each with propagateAtLaunch",
    ),
  passes: [{ props: { tags: [{ key: "Name", value: "sorted", propagateAtLaunch: true }] } }],
  breaks: [{ props: {} }, { props: { tags: [{ key: "Name", value: "sorted", propagateAtLaunch: false }] } }],
};

const requestTarget: StackRule = {
  name: "request-target-waits-for-listener",
  reason:
    "AWS refuses a target on requests while no listener leads to the group, and any other form of the label.",
  types: [SCALING_POLICY],
  violations: (subjects) =>
    subjects
      .filter(({ type }) => type === SCALING_POLICY)
      .flatMap(({ name, props, after }) => {
        const metric = part(part(props["targetTrackingConfiguration"])["predefinedMetricSpecification"]);
        if (metric["predefinedMetricType"] !== "ALBRequestCountPerTarget") return [];
        const labelled = /^app\/.+\/targetgroup\/.+$/.test(String(metric["resourceLabel"]));
        return [
          ...(labelled
            ? []
            : [`${name}: resourceLabel must be <load balancer's arnSuffix>/<target group's arnSuffix>`]),
          ...(after.includes(LISTENER) ? [] : [`${name}: must depend on a listener`]),
        ];
      }),
  passes: [
    [],
    [{ type: SCALING_POLICY, props: {} }],
    [{ type: SCALING_POLICY, props: requests("app/a/1/targetgroup/b/2"), after: [LISTENER] }],
  ],
  breaks: [
    [{ type: SCALING_POLICY, props: requests("app/a/1/targetgroup/b/2") }],
    [{ type: SCALING_POLICY, props: requests("targetgroup/b/2"), after: [LISTENER] }],
  ],
};

function requests(resourceLabel: string) {
  const metric = { predefinedMetricType: "ALBRequestCountPerTarget", resourceLabel };
  return { targetTrackingConfiguration: { predefinedMetricSpecification: metric } };
}

export const fleetRules = [
  metadata,
  disks,
  ways,
  digest,
  templateTags,
  version,
  savedLast,
  noWait,
  groupHealth,
  capacity,
  spot,
  groupTags,
  requestTarget,
];
