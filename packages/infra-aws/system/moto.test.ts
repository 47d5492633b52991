/**
 * Shows that an implementation of AWS's API accepts every call that the program's resources lead to, and that AWS's SDK
 * then describes what the first description of the product asks for, sentence by sentence (A1 … A9, as in
 * docs/proof.md). moto checks addresses, zones, references and policies; it starts no machine, sends no packet, gives
 * instances no group or metadata option of their template, and puts them all into one zone: there the template and the
 * group are asked instead. Can't show what AWS refuses and moto does not.
 */
import type { Filter, Instance } from "@aws-sdk/client-ec2";
import { type Test, test } from "tap";
import { parse } from "yaml";
import { first } from "./moto/binding.ts";
import { type Clients, clientsOf } from "./moto/clients.ts";
import { motoCloud } from "./moto/cloud.ts";
import { motoGroups } from "./moto/groups.ts";
import { inventory } from "./moto/inventory.ts";
import { startMoto } from "./moto/server.ts";
import { rollOutsOf, settings, stackOf } from "./stand-in.ts";

const by = (Name: string, value: string | undefined): Filter[] => [{ Name, Values: [value ?? ""] }];

/** Asks for what is behind the address that the stack gives out. */
function described(aws: Clients, dnsName: string) {
  const { ec2, elb, autoscaling } = aws;
  const balancer = async () => {
    const { LoadBalancers = [] } = await elb.describeLoadBalancers({});
    return first(LoadBalancers.filter(({ DNSName }) => DNSName === dnsName));
  };
  const listeners = async () => {
    const { LoadBalancerArn } = await balancer();
    return (await elb.describeListeners({ LoadBalancerArn })).Listeners ?? [];
  };
  const targetGroup = async () => {
    const { DefaultActions } = first(await listeners());
    const { TargetGroupArn = "" } = first(DefaultActions);
    return first((await elb.describeTargetGroups({ TargetGroupArns: [TargetGroupArn] })).TargetGroups);
  };
  const group = async () => first((await autoscaling.describeAutoScalingGroups({})).AutoScalingGroups);
  const template = async () => {
    const { LaunchTemplate: used } = await group();
    const { LaunchTemplateVersions } = await ec2.describeLaunchTemplateVersions({
      LaunchTemplateId: used?.LaunchTemplateId,
      Versions: [used?.Version ?? ""],
    });
    const { LaunchTemplateData } = first(LaunchTemplateVersions);
    if (!LaunchTemplateData) throw new Error("The launch template is empty");
    return LaunchTemplateData;
  };
  const instances = async (): Promise<readonly Instance[]> => {
    const ids = (await group()).Instances?.map(({ InstanceId }) => InstanceId ?? "") ?? [];
    const { Reservations = [] } = await ec2.describeInstances({ InstanceIds: ids });
    return Reservations.flatMap(({ Instances = [] }) => Instances);
  };
  const routesOf = async (subnetId: string | undefined) => {
    const { RouteTables } = await ec2.describeRouteTables({ Filters: by("association.subnet-id", subnetId) });
    return first(RouteTables).Routes ?? [];
  };
  const rulesOf = async (groupId: string | undefined) =>
    (await ec2.describeSecurityGroupRules({ Filters: by("group-id", groupId) })).SecurityGroupRules ?? [];
  const instanceGroup = async () => first(first((await template()).NetworkInterfaces).Groups);
  const userData = async () => Buffer.from((await template()).UserData ?? "", "base64").toString();
  return {
    balancer,
    listeners,
    targetGroup,
    group,
    template,
    instances,
    routesOf,
    rulesOf,
    instanceGroup,
    userData,
  };
}

async function motoStack(t: Test, own: Readonly<Record<string, unknown>> = {}) {
  const moto = await startMoto(t);
  const aws = clientsOf(moto);
  const before = await inventory(aws);
  const rollOuts = rollOutsOf(motoGroups(moto, aws));
  const stack = await stackOf(t, motoCloud(aws), rollOuts, { stack: "moto", settings: settings(own) });
  return { aws, before, stack };
}

test("with the least configuration", async (t) => {
  const { aws, before, stack } = await motoStack(t);
  const made = await stack.up();
  t.ok(made.succeeded, "it succeeds", { output: made.output });
  const outputs = await stack.outputs();
  const dnsName = String(outputs["dnsName"]);
  const found = described(aws, dnsName);
  const { ec2 } = aws;

  t.test("A1 it is not the default VPC, and has DNS host names and DNS resolution", async (t) => {
    const VpcId = String(outputs["vpcId"]);
    const { Vpcs } = await ec2.describeVpcs({ VpcIds: [VpcId] });
    t.notOk(first(Vpcs).IsDefault);
    const ask = (Attribute: "enableDnsHostnames" | "enableDnsSupport") =>
      ec2.describeVpcAttribute({ VpcId, Attribute });
    t.ok((await ask("enableDnsHostnames")).EnableDnsHostnames?.Value);
    t.ok((await ask("enableDnsSupport")).EnableDnsSupport?.Value);
  });

  t.test("A2 an application load balancer in the public subnets accepts HTTP from any address", async (t) => {
    const {
      Type,
      Scheme,
      IpAddressType,
      VpcId,
      AvailabilityZones = [],
      SecurityGroups,
    } = await found.balancer();
    t.match(
      { Type, Scheme, IpAddressType, VpcId },
      { Type: "application", Scheme: "internet-facing", IpAddressType: "dualstack", VpcId: outputs["vpcId"] },
    );
    t.equal(new Set(AvailabilityZones.map(({ ZoneName }) => ZoneName)).size, 2);
    for (const { SubnetId } of AvailabilityZones) {
      const open = (await found.routesOf(SubnetId)).filter(({ GatewayId }) => GatewayId?.startsWith("igw-"));
      t.same(
        open.map((route) => route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock).sort(),
        ["0.0.0.0/0", "::/0"],
        "a route to the Internet for each family of addresses",
      );
    }
    const inward = (await found.rulesOf(first(SecurityGroups))).filter(({ IsEgress }) => !IsEgress);
    t.same(
      inward
        .map((rule) => [rule.CidrIpv4 ?? rule.CidrIpv6, rule.IpProtocol, rule.FromPort, rule.ToPort])
        .sort(),
      [
        ["0.0.0.0/0", "tcp", 80, 80],
        ["::/0", "tcp", 80, 80],
      ],
    );
    t.match(await found.listeners(), [{ Port: 80, Protocol: "HTTP" }]);
  });

  t.test("A3 clients get a DNS name", async (t) => {
    t.match((await found.balancer()).DNSName, /^[\w-]+\.eu-central-1\.elb\.amazonaws\.com$/);
    t.equal(outputs["url"], `http://${dnsName}`);
  });

  t.test("A4 a target group leads requests to the instances", async (t) => {
    const { TargetType, Port, Protocol, HealthCheckPath, TargetGroupArn } = await found.targetGroup();
    t.match(
      { TargetType, Port, Protocol, HealthCheckPath },
      { TargetType: "instance", Port: 80, Protocol: "HTTP", HealthCheckPath: "/readyz" },
    );
    t.match(await found.listeners(), [{ DefaultActions: [{ Type: "forward", TargetGroupArn }] }]);
    const { TargetHealthDescriptions = [] } = await aws.elb.describeTargetHealth({ TargetGroupArn });
    const instances = await found.instances();
    t.same(
      TargetHealthDescriptions.map(({ Target }) => `${Target?.Id}:${Target?.Port}`).sort(),
      instances.map(({ InstanceId }) => `${InstanceId}:80`).sort(),
    );
  });

  t.test("A5 an Auto Scaling group of EC2 instances spans several availability zones", async (t) => {
    const { MinSize, MaxSize, AvailabilityZones = [], Instances = [] } = await found.group();
    t.match({ MinSize, MaxSize }, { MinSize: 2, MaxSize: 4 });
    t.same(AvailabilityZones.toSorted(), ["eu-central-1a", "eu-central-1b"]);
    t.equal(Instances.length, 2);
    const { ScalingPolicies } = await aws.autoscaling.describePolicies({});
    t.match(ScalingPolicies, [{ PolicyType: "TargetTrackingScaling" }]);
  });

  t.test("A6 instances are in private subnets, and only the load balancer reaches them", async (t) => {
    const { VPCZoneIdentifier = "" } = await found.group();
    for (const subnetId of VPCZoneIdentifier.split(",")) {
      const away = (await found.routesOf(subnetId)).filter(({ GatewayId }) => GatewayId !== "local");
      t.notOk(
        away.some(({ GatewayId }) => GatewayId?.startsWith("igw-")),
        "no way to the Internet gateway",
      );
      t.ok(
        away.some(({ NatGatewayId }) => NatGatewayId),
        "a way out through NAT",
      );
    }
    t.match(first((await found.template()).NetworkInterfaces), { AssociatePublicIpAddress: false });
    for (const { PublicIpAddress } of await found.instances()) t.notOk(PublicIpAddress);
    const balancer = first((await found.balancer()).SecurityGroups);
    const inward = (await found.rulesOf(await found.instanceGroup())).filter(({ IsEgress }) => !IsEgress);
    t.match(inward, [
      { IpProtocol: "tcp", FromPort: 80, ToPort: 80, ReferencedGroupInfo: { GroupId: balancer } },
    ]);
    const outward = (await found.rulesOf(balancer)).filter(({ IsEgress }) => IsEgress);
    t.match(outward, [{ FromPort: 80, ReferencedGroupInfo: { GroupId: await found.instanceGroup() } }]);
  });

  t.test("A7 they run Amazon Linux 2023, the successor of the one that ended", async (t) => {
    const { Parameter } = await aws.ssm.getParameter({
      Name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    });
    t.equal((await found.template()).ImageId, Parameter?.Value);
    for (const { ImageId, Architecture } of await found.instances()) {
      t.match({ ImageId, Architecture }, { ImageId: Parameter?.Value, Architecture: "arm64" });
    }
  });

  t.test("A8 user data installs the server and the application on the first boot", async (t) => {
    const text = await found.userData();
    t.match(text, /^#cloud-config\n/);
    const { packages } = parse(text);
    t.ok(packages.includes("docker"));
    t.match(text, outputs["imageUri"], "the image by its digest");
    const { IamInstanceProfile } = await found.template();
    t.match(IamInstanceProfile?.Arn, /:instance-profile\/sorted-/, "an identity to fetch it with");
  });

  t.test("A9 after a restart of an instance the service is there again", async (t) => {
    const files: readonly { readonly path: string; readonly content: string }[] = parse(
      await found.userData(),
    ).write_files;
    const unit = files.find(({ path }) => path.endsWith(".service"))?.content;
    t.match(unit, /^Restart=always$/m);
    t.match(unit, /^WantedBy=multi-user\.target$/m);
    t.match(await found.userData(), /systemctl.*enable/s);
    t.equal((await found.group()).HealthCheckType, "ELB", "one that doesn't come back is replaced");
  });

  t.test("a new template version becomes the group's, by a roll-out", async (t) => {
    stack.configure(settings({ logRequests: true }));
    const { succeeded, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.equal((await found.group()).LaunchTemplate?.Version, "2");
    t.match(await found.userData(), /LOG_REQUESTS=true/);
  });

  t.test("after destroy nothing is left", async (t) => {
    const { succeeded, output } = await stack.destroy();
    t.ok(succeeded, "it succeeds", { output });
    t.same(await inventory(aws), before);
  });
});

test("with a NAT gateway in each zone, and a zone more", async (t) => {
  const own = { nat: "perZone", vpcCidr: "172.16.0.0/20" };
  const { aws, before, stack } = await motoStack(t, own);
  for (const zones of [2, 3]) {
    stack.configure(settings({ ...own, zones }));
    const { succeeded, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.equal((await aws.ec2.describeNatGateways({})).NatGateways?.length, zones);
    const [balancer] = (await aws.elb.describeLoadBalancers({})).LoadBalancers ?? [];
    t.equal(balancer?.AvailabilityZones?.length, zones);
    const [group] = (await aws.autoscaling.describeAutoScalingGroups({})).AutoScalingGroups ?? [];
    t.equal(group?.AvailabilityZones?.length, zones);
  }
  const { succeeded, output } = await stack.destroy();
  t.ok(succeeded, "it succeeds", { output });
  t.same(await inventory(aws), before);
});

test("with no way out but endpoints", async (t) => {
  const { aws, before, stack } = await motoStack(t, { nat: "none", accessLogs: false });
  const made = await stack.up();
  t.ok(made.succeeded, "it succeeds", { output: made.output });
  t.same((await aws.ec2.describeNatGateways({})).NatGateways, []);
  const { VpcEndpoints = [] } = await aws.ec2.describeVpcEndpoints({});
  t.same(
    VpcEndpoints.map(({ ServiceName }) => ServiceName?.replace("com.amazonaws.eu-central-1.", "")).sort(),
    ["ecr.api", "ecr.dkr", "logs", "s3", "ssm", "ssmmessages"],
  );
  const { succeeded, output } = await stack.destroy();
  t.ok(succeeded, "it succeeds", { output });
  t.same(await inventory(aws), before);
});

const inEcr = (digit: string) => ({
  imageUri: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@sha256:${digit.repeat(64)}`,
});

test("serverless, with a URL of the function's own", async (t) => {
  const own = { compute: "serverless", instanceLimit: 5 };
  const { aws, before, stack } = await motoStack(t, own);
  const made = await stack.up();
  t.ok(made.succeeded, "it succeeds", { output: made.output });
  const FunctionName = String((await stack.outputs())["functionName"]);

  t.test("a function from the stack's image, which an alias leads to", async (t) => {
    const { Configuration, Code, Concurrency } = await aws.lambda.getFunction({ FunctionName });
    t.match(Configuration, {
      PackageType: "Image",
      Architectures: ["arm64"],
      MemorySize: 1024,
      Timeout: 30,
      Environment: { Variables: { MAX_EVENT_BYTES: "6291456" } },
    });
    t.equal(Code?.ImageUri, (await stack.outputs())["imageUri"]);
    t.equal(Concurrency?.ReservedConcurrentExecutions, 5);
    t.match(await aws.lambda.getAlias({ FunctionName, Name: "live" }), { FunctionVersion: "1" });
  });

  t.test("clients get its URL, and there is no network and no load balancer", async (t) => {
    const { FunctionUrl, AuthType } = await aws.lambda.getFunctionUrlConfig({
      FunctionName,
      Qualifier: "live",
    });
    t.equal(AuthType, "NONE");
    t.equal(`${(await stack.outputs())["url"]}/`, FunctionUrl?.replace(/\/*$/, "/"));
    t.same((await aws.elb.describeLoadBalancers({})).LoadBalancers, []);
    t.same((await aws.ec2.describeNatGateways({})).NatGateways, []);
  });

  t.test("Lambda may read the stack's repository", async (t) => {
    const { repositories } = await aws.ecr.describeRepositories({});
    const { repositoryName } = first(repositories);
    const { policyText } = await aws.ecr.getRepositoryPolicy({ repositoryName });
    t.match(JSON.parse(policyText ?? ""), {
      Statement: [{ Principal: { Service: "lambda.amazonaws.com" } }],
    });
  });

  t.test("a new image makes a version, and the alias goes on to it", async (t) => {
    stack.configure(settings({ ...own, ...inEcr("b") }));
    const { succeeded, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.match(await aws.lambda.getAlias({ FunctionName, Name: "live" }), { FunctionVersion: "2" });
  });

  t.test("after destroy nothing is left", async (t) => {
    const { succeeded, output } = await stack.destroy();
    t.ok(succeeded, "it succeeds", { output });
    t.same(await inventory(aws), before);
  });
});

test("serverless, behind the load balancer", async (t) => {
  const own = { compute: "serverless", endpoint: "loadBalancer", accessLogs: false, ...inEcr("a") };
  const { aws, before, stack } = await motoStack(t, own);
  const made = await stack.up();
  t.ok(made.succeeded, "it succeeds", { output: made.output });
  const { dnsName, functionName } = await stack.outputs();
  const found = described(aws, String(dnsName));

  const { TargetType, TargetGroupArn } = await found.targetGroup();
  t.equal(TargetType, "lambda");
  const { TargetHealthDescriptions } = await aws.elb.describeTargetHealth({ TargetGroupArn });
  const { AliasArn } = await aws.lambda.getAlias({ FunctionName: String(functionName), Name: "live" });
  t.same(
    TargetHealthDescriptions?.map(({ Target }) => Target?.Id),
    [AliasArn],
  );
  const { Policy } = await aws.lambda.getPolicy({ FunctionName: String(functionName), Qualifier: "live" });
  t.match(JSON.parse(Policy ?? ""), {
    Statement: [
      {
        Principal: { Service: "elasticloadbalancing.amazonaws.com" },
        Action: "lambda:InvokeFunction",
        Condition: { ArnLike: { "AWS:SourceArn": TargetGroupArn } },
      },
    ],
  });
  t.same((await aws.ec2.describeNatGateways({})).NatGateways, []);
  const destroyed = await stack.destroy();
  t.ok(destroyed.succeeded, "it succeeds", { output: destroyed.output });
  t.same(await inventory(aws), before);
});

test("it refuses what AWS refuses: a subnet outside its VPC", async (t) => {
  const { ec2 } = clientsOf(await startMoto(t));
  const { Vpc } = await ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
  await t.rejects(ec2.createSubnet({ VpcId: Vpc?.VpcId, CidrBlock: "10.1.0.0/20" }), {
    name: "InvalidSubnet.Range",
  });
});
