/** What an instance may do in AWS. */
import { InstanceProfile } from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { ecrRegistryOf } from "@sorted/infra-kit";
import { type Allow, serviceRole } from "../iam/service-role.ts";

export interface IdentityArgs {
  /** The image by digest. */
  readonly image: pulumi.Input<string>;
  readonly logGroupArn: pulumi.Input<string>;
}

/** An instance profile for reading one repository, writing one log group and Session Manager. */
export class Identity extends pulumi.ComponentResource {
  readonly instanceProfileArn: pulumi.Output<string>;

  constructor(name: string, args: IdentityArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:Identity", name, {}, options);
    const { role } = serviceRole(
      name,
      {
        service: "ec2.amazonaws.com",
        allow: pulumi
          .output(args.image)
          .apply((image) => [...readImage(image), writeLog(args.logGroupArn), openShell]),
      },
      this,
    );
    const profile = new InstanceProfile(name, { role: role.name }, { parent: this });
    this.instanceProfileArn = profile.arn;
    this.registerOutputs({ instanceProfileArn: this.instanceProfileArn });
  }
}

/** Nothing for an image outside ECR. */
function readImage(image: string): readonly Allow[] {
  const registry = ecrRegistryOf(image);
  if (!registry) return [];
  const [account, , , region] = registry.split(".");
  const repository = image.slice(registry.length + 1).split("@")[0];
  return [
    // The token is for the account's whole registry: there is no resource to name.
    { Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: `arn:aws:ecr:${region}:${account}:repository/${repository}`,
    },
  ];
}

function writeLog(logGroupArn: pulumi.Input<string>): Allow {
  return {
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: pulumi.interpolate`${logGroupArn}:*`,
  };
}

/**
 * The least that Session Manager needs; Amazon's managed policy would also read every parameter of the account.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
const openShell: Allow = {
  Action: [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  Resource: "*",
};
