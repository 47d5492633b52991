/** What an instance may do in AWS. */
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { ecrRegistryOf } from "@sorted/infra-kit";

export interface IdentityArgs {
  /** The image by digest. */
  readonly image: pulumi.Input<string>;
  readonly logGroupArn: pulumi.Input<string>;
}

/** An instance profile for reading one repository, writing one log group and Session Manager. */
export class Identity extends pulumi.ComponentResource {
  readonly instanceProfileArn: pulumi.Output<string>;
  /** What must exist before an instance can do any of it. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: IdentityArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:Identity", name, {}, options);
    const role = new iam.Role(
      name,
      {
        assumeRolePolicy: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
          ],
        },
      },
      { parent: this },
    );
    const policy = new iam.RolePolicy(name, { role: role.id, policy: hostPolicy(args) }, { parent: this });
    const profile = new iam.InstanceProfile(name, { role: role.name }, { parent: this });
    this.instanceProfileArn = profile.arn;
    this.ready = [policy];
    this.registerOutputs({ instanceProfileArn: this.instanceProfileArn });
  }
}

function hostPolicy({ image, logGroupArn }: IdentityArgs): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: pulumi
      .output(image)
      .apply((uri) => [...ecrStatements(uri), logStatement(logGroupArn), shellStatement]),
  });
}

/** Nothing for an image outside ECR. */
function ecrStatements(image: string) {
  const registry = ecrRegistryOf(image);
  if (!registry) return [];
  const [account, , , region] = registry.split(".");
  const repository = image.slice(registry.length + 1).split("@")[0];
  return [
    // The token is for the account's whole registry: there is no resource to name.
    { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: `arn:aws:ecr:${region}:${account}:repository/${repository}`,
    },
  ];
}

function logStatement(logGroupArn: pulumi.Input<string>) {
  return {
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: pulumi.interpolate`${logGroupArn}:*`,
  };
}

/**
 * The least that Session Manager needs; Amazon's managed policy would also read every parameter of the account.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
const shellStatement = {
  Effect: "Allow",
  Action: [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  Resource: "*",
};
