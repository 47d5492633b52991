/** Shows how the instances are declared. Can't show that they boot: the bootstrap's own tests come nearest to that. */
import { isProperties } from "@sorted/infra-check";
import { test } from "tap";
import { parse } from "yaml";
import { ofType, one, policyOf, record } from "../configurations.ts";

type Program = Awaited<ReturnType<typeof record>>;

/** The first boot's cloud-config, decoded from what the launch template says. */
function bootOf(program: Program) {
  const { userData } = one(program, "ec2/launchTemplate:LaunchTemplate").inputs;
  const text = Buffer.from(String(userData), "base64").toString();
  const { write_files, packages } = parse(text);
  const files: Record<string, string> = {};
  for (const { path, content } of write_files) files[path] = content;
  const unit = files["/etc/systemd/system/sorted.service"] ?? "";
  const run = unit.split("\n").find((line) => line.startsWith("ExecStart=")) ?? "";
  return { text, packages, files, unit, run };
}

test("an instance has no key, no public address, an encrypted disk, and guards its credentials", async (t) => {
  const { inputs } = one(await record("least"), "ec2/launchTemplate:LaunchTemplate");
  t.hasStrict(inputs, {
    keyName: undefined,
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: ["sorted-instances-id"] }],
    blockDeviceMappings: [
      { deviceName: "/dev/xvda", ebs: { volumeType: "gp3", volumeSize: 10, encrypted: "true" } },
    ],
  });
});

test("the newest Amazon Linux 2023 for the architecture, or a pinned one", async (t) => {
  const parameter = async (settings: Record<string, unknown>) =>
    (await record(settings)).calls
      .filter(({ token }) => token.startsWith("aws:ssm/"))
      .map(({ inputs }) => inputs["name"]);
  const path = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default";
  t.strictSame(await parameter({}), [`${path}-arm64`]);
  t.strictSame(await parameter({ architecture: "x86_64" }), [`${path}-x86_64`]);
  const amiId = "ami-0123456789abcdef0";
  t.strictSame(await parameter({ amiId }), []);
  t.hasStrict(one(await record({ amiId }), "ec2/launchTemplate:LaunchTemplate").inputs, { imageId: amiId });
});

test("the instance type goes with the architecture unless it is set", async (t) => {
  const typeOf = async (settings: Record<string, unknown>) =>
    one(await record(settings), "ec2/launchTemplate:LaunchTemplate").inputs["instanceType"];
  t.equal(await typeOf({}), "t4g.small");
  t.equal(await typeOf({ architecture: "x86_64" }), "t3.small");
  t.equal(await typeOf({ instanceTypes: ["c7g.large"] }), "c7g.large");
});

test("an instance may read its image, write its log and open a shell session, nothing else", async (t) => {
  const policy = policyOf(one(await record("least"), "iam/rolePolicy:RolePolicy", "sorted"));
  t.strictSame(policy, {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: "arn:aws:ecr:eu-central-1:123456789012:repository/sorted",
      },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "arn:aws:cloudwatch:eu-central-1:123456789012:logGroup/sorted:*",
      },
      {
        Effect: "Allow",
        Action: [
          "ssm:UpdateInstanceInformation",
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: "*",
      },
    ],
  });
});

test("an image elsewhere needs nothing of ECR", async (t) => {
  const program = await record("givenImage");
  t.notMatch(one(program, "iam/rolePolicy:RolePolicy", "sorted").inputs["policy"], "ecr:");
  t.strictSame(bootOf(program).packages, ["docker"]);
});

test("the container is the image by digest, port 80 to its 3000, with its logs in CloudWatch", async (t) => {
  const program = await record("least");
  const { run, files } = bootOf(program);
  t.ok(run.endsWith(` 123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@sha256:${"ab".repeat(32)}`));
  t.match(run, " --publish=80:3000 ");
  t.match(run, " --log-driver=awslogs ");
  t.match(run, " --log-opt=awslogs-region=eu-central-1 ");
  t.match(run, " --log-opt=awslogs-group=sorted ");
  t.match(run, " --log-opt=awslogs-stream=%H ");
  t.strictSame(JSON.parse(files["/etc/sorted/docker/config.json"] ?? ""), {
    credHelpers: { "123456789012.dkr.ecr.eu-central-1.amazonaws.com": "ecr-login" },
  });
});

test("the application knows how it is stopped, and whose forwarded addresses to believe", async (t) => {
  const settings = {
    shutdownDelaySeconds: 25,
    graceSeconds: 90,
    logRequests: true,
    environment: ["LOG_LEVEL=warn", "MOTTO=a=b"],
    containerMemoryMiB: 512,
  };
  const { files, unit, run } = bootOf(await record(settings));
  t.strictSame(files["/etc/sorted/environment"]?.trimEnd().split("\n").toSorted(), [
    "GRACE_SECONDS=90",
    "LOG_LEVEL=warn",
    "LOG_REQUESTS=true",
    "METRICS=true",
    "MOTTO=a=b",
    "PORT=3000",
    "SHUTDOWN_DELAY_SECONDS=25",
    "TRUSTED_PROXIES=10.0.128.0/20,10.0.144.0/20",
  ]);
  t.match(unit, "docker stop -t 115 sorted");
  t.match(run, " --memory=512m ");
});

test("the application knows the keys by their hashes", async (t) => {
  const apiKeyHashes = ["a".repeat(64), "b".repeat(64)];
  const { files } = bootOf(await record({ apiKeyHashes }));
  t.match(files["/etc/sorted/environment"], `API_KEYS=${apiKeyHashes.join(",")}\n`);
});

test("in an existing VPC the load balancer is believed by the ranges of its subnets", async (t) => {
  const { files } = bootOf(await record("existingVpc"));
  t.match(files["/etc/sorted/environment"], "TRUSTED_PROXIES=10.9.1.0/24,10.9.2.0/24\n");
});

test("the group keeps instances in the private subnets that the load balancer finds healthy", async (t) => {
  t.hasStrict(one(await record("least"), "autoscaling/group:Group").inputs, {
    vpcZoneIdentifiers: ["sorted-private-1-id", "sorted-private-2-id"],
    targetGroupArns: ["arn:aws:lb:eu-central-1:123456789012:targetGroup/sorted"],
    minSize: 2,
    maxSize: 4,
    healthCheckType: "ELB",
    healthCheckGracePeriod: 300,
    defaultInstanceWarmup: 60,
    desiredCapacity: undefined,
  });
  const { vpcZoneIdentifiers } = one(await record("existingVpc"), "autoscaling/group:Group").inputs;
  t.strictSame(vpcZoneIdentifiers, ["subnet-00000000000000003", "subnet-00000000000000004"]);
});

/** What the roll-out is told to reach. */
function wantedOf(program: Program) {
  const { environment } = one(program, "command:local:Command").inputs;
  return isProperties(environment) ? JSON.parse(String(environment["ROLL_OUT"])) : {};
}

test("the group begins with its first model, and only the roll-out changes that", async (t) => {
  const { inputs, options } = one(await record("least"), "autoscaling/group:Group");
  t.hasStrict(inputs, { launchTemplate: { id: "sorted-id", version: "1" }, instanceRefresh: undefined });
  t.strictSame(options.ignoreChanges, ["desiredCapacity", "launchTemplate", "mixedInstancesPolicy"]);
});

test("the roll-out leads to the newest version of the template, when instances can be reached", async (t) => {
  const program = await record("least");
  const { inputs, options } = one(program, "command:local:Command");
  t.equal(inputs["create"], "node roll-out/main.ts", "the same on every machine");
  t.strictSame(wantedOf(program), {
    region: "eu-central-1",
    autoScalingGroupName: "sorted",
    targetGroupArn: "arn:aws:lb:eu-central-1:123456789012:targetGroup/sorted",
    model: { LaunchTemplate: { LaunchTemplateId: "sorted-id", Version: "1" } },
    leastHealthy: 2,
    patienceSeconds: 1010,
  });
  for (const type of [
    "autoscaling/group:Group",
    "lb/listener:Listener",
    "ec2/launchTemplate:LaunchTemplate",
  ]) {
    t.ok(
      options.dependencies.some((urn) => urn.includes(`aws:${type}`)),
      type,
    );
  }
});

test("the roll-out has more patience where requests may take longer", async (t) => {
  const { patienceSeconds } = wantedOf(await record({ graceSeconds: 600, shutdownDelaySeconds: 300 }));
  t.equal(patienceSeconds, 1010 - 50 + 900);
});

test("the roll-out uses the provider's profile", async (t) => {
  const { inputs } = one(await record({ "aws:profile": "work" }), "command:local:Command");
  t.hasStrict(inputs["environment"], { AWS_PROFILE: "work" });
});

test("credentials that only the provider would find stop the preview", async (t) => {
  await t.rejects(record({ "aws:assumeRoles": '[{"roleArn":"arn:aws:iam::1:role/a"}]' }, true), {
    message: /^aws:assumeRoles can't be used, as the roll-out would not find it/,
  });
});

test("a fleet of one instance has room for a second one while it is renewed", async (t) => {
  const { inputs } = one(await record({ minInstances: 1 }), "autoscaling/group:Group");
  t.hasStrict(inputs, {
    instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
  });
});

test("the provider counts no instances: a failed launch, or more than the least, is no matter", async (t) => {
  const { inputs } = one(await record("least"), "autoscaling/group:Group");
  t.hasStrict(inputs, { waitForCapacityTimeout: "0", minElbCapacity: undefined });
});

test("instances start only when they can reach what they need, and be reached", async (t) => {
  const before = async (settings: Record<string, unknown>) => {
    const { dependencies } = one(await record(settings), "autoscaling/group:Group").options;
    return new Set(dependencies.map((urn) => urn.split("::").slice(2).join(" ").replace(/^.*\$/, "")));
  };
  const usual = await before({});
  for (const resource of [
    "aws:ec2/route:Route sorted-public-ipv4",
    "aws:ec2/route:Route sorted-private-2",
    "aws:ec2/routeTableAssociation:RouteTableAssociation sorted-private-2",
    "aws:lb/listener:Listener sorted-http",
    "aws:iam/rolePolicy:RolePolicy sorted",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule sorted-instances-to-internet",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule sorted-instances-from-balancer",
  ]) {
    t.ok(usual.has(resource), resource);
  }
  const closed = await before({ nat: "none" });
  for (const resource of [
    "aws:ec2/vpcEndpoint:VpcEndpoint sorted-ecr-dkr",
    "aws:ec2/vpcEndpoint:VpcEndpoint sorted-s3",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule sorted-endpoints-2",
  ]) {
    t.ok(closed.has(resource), resource);
  }
});

test("scaling keeps a load of the processors, or a number of requests", async (t) => {
  t.hasStrict(one(await record("least"), "autoscaling/policy:Policy").inputs, {
    policyType: "TargetTrackingScaling",
    targetTrackingConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
      targetValue: 10,
    },
  });
  const { inputs, options } = one(await record("everything"), "autoscaling/policy:Policy");
  t.hasStrict(inputs, {
    targetTrackingConfiguration: {
      predefinedMetricSpecification: {
        predefinedMetricType: "ALBRequestCountPerTarget",
        resourceLabel: "app/sorted/0123456789abcdef/targetgroup/sorted/0123456789abcdef",
      },
      targetValue: 5000,
    },
  });
  t.ok(options.dependencies.some((urn) => urn.includes("aws:lb/listener:Listener")));
});

test("spot: only spot instances, of any of the types, replaced before AWS takes them away", async (t) => {
  t.hasStrict(one(await record("spot"), "autoscaling/group:Group").inputs, {
    launchTemplate: undefined,
    capacityRebalance: true,
    mixedInstancesPolicy: {
      instancesDistribution: {
        onDemandBaseCapacity: 0,
        onDemandPercentageAboveBaseCapacity: 0,
        spotAllocationStrategy: "price-capacity-optimized",
      },
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: "sorted-id", version: "1" },
        overrides: [{ instanceType: "t4g.small" }, { instanceType: "c7g.medium" }],
      },
    },
  });
  t.strictSame(wantedOf(await record("spot")).model, {
    MixedInstancesPolicy: {
      InstancesDistribution: {
        OnDemandBaseCapacity: 0,
        OnDemandPercentageAboveBaseCapacity: 0,
        SpotAllocationStrategy: "price-capacity-optimized",
      },
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateId: "sorted-id", Version: "1" },
        Overrides: [{ InstanceType: "t4g.small" }, { InstanceType: "c7g.medium" }],
      },
    },
  });
});

test("onDemandBase: so many of them are on demand, and stay", async (t) => {
  const settings = { spot: true, instanceTypes: ["t4g.small", "c7g.medium"], onDemandBase: 2 };
  t.hasStrict(one(await record(settings), "autoscaling/group:Group").inputs, {
    mixedInstancesPolicy: {
      instancesDistribution: { onDemandBaseCapacity: 2, onDemandPercentageAboveBaseCapacity: 0 },
    },
  });
});

test("instances reach ports 443 only, and with nat none only those of the endpoints", async (t) => {
  const out = (program: Program) =>
    ofType(program, "vpc/securityGroupEgressRule:SecurityGroupEgressRule")
      .filter(({ inputs }) => inputs["securityGroupId"] === "sorted-instances-id")
      .map(({ inputs: { fromPort, toPort, cidrIpv4, referencedSecurityGroupId, prefixListId } }) => [
        fromPort,
        toPort,
        cidrIpv4 ?? referencedSecurityGroupId ?? prefixListId,
      ]);
  t.strictSame(out(await record("least")), [[443, 443, "0.0.0.0/0"]]);
  t.hasStrict(out(await record("noNat")), [
    [443, 443, "sorted-endpoints-id"],
    [443, 443],
  ]);
});
