/** How an instance is made. */
import { LaunchTemplate } from "@pulumi/aws/ec2/index.js";
import { getParameterOutput } from "@pulumi/aws/ssm/index.js";
import * as pulumi from "@pulumi/pulumi";

/** Where Amazon Linux has its disk. */
export const rootDevice = "/dev/xvda";

export interface TemplateArgs {
  readonly architecture: "arm64" | "x86_64";
  /** A pinned AMI of Amazon Linux 2023; without it the newest, so that an update of the stack also updates the hosts. */
  readonly amiId?: string | undefined;
  readonly instanceType: string;
  readonly volumeGiB: number;
  /** The ARN of the key that encrypts the disk, if not AWS's own. */
  readonly kmsKeyArn?: string | undefined;
  readonly securityGroupId: pulumi.Input<string>;
  readonly instanceProfileArn: pulumi.Input<string>;
  /** cloud-config, as text. */
  readonly userData: pulumi.Input<string>;
  /** Tags of the instances, their disks and network interfaces, which the provider's tags don't reach. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A launch template: no key pair and no public address; session tokens for the metadata service, which containers
 * can't reach; an encrypted disk.
 */
export function launchTemplate(name: string, args: TemplateArgs, parent: pulumi.Resource): LaunchTemplate {
  const tags = { Name: name, ...args.tags };
  return new LaunchTemplate(
    name,
    {
      imageId: args.amiId ?? newestAmi(args.architecture),
      instanceType: args.instanceType,
      updateDefaultVersion: true,
      iamInstanceProfile: { arn: args.instanceProfileArn },
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      networkInterfaces: [
        { deviceIndex: 0, associatePublicIpAddress: "false", securityGroups: [args.securityGroupId] },
      ],
      // The host's name is then the instance's ID, which names its log stream.
      privateDnsNameOptions: { hostnameType: "resource-name", enableResourceNameDnsARecord: true },
      blockDeviceMappings: [
        {
          deviceName: rootDevice,
          ebs: {
            volumeType: "gp3",
            volumeSize: args.volumeGiB,
            encrypted: "true",
            kmsKeyId: args.kmsKeyArn,
            deleteOnTermination: "true",
          },
        },
      ],
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags,
      })),
      userData: pulumi.output(args.userData).apply((text) => Buffer.from(text).toString("base64")),
    },
    { parent },
  );
}

/**
 * An ID rather than `resolve:ssm:…`: Auto Scaling can't roll back to a template that leaves the AMI open.
 *
 * @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html
 */
function newestAmi(architecture: "arm64" | "x86_64"): pulumi.Output<string> {
  const name = `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;
  return getParameterOutput({ name }).value;
}
