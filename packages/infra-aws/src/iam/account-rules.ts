/** What an account may ask of everything in it: settings that the program and the trust of its pipeline share. */
import type * as pulumi from "@pulumi/pulumi";
import { checkedText, text } from "@sorted/infra-kit";

export const accountSettings = {
  rolePath: checkedText(
    (path) => /^\/([\w+=,.@-]+\/)*$/.test(path) && path.length <= 512,
    "a path with a slash at both ends, such as /teams/search/",
    "/",
  ),
  permissionsBoundaryArn: text(
    /^arn:aws:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/,
    "the ARN of a policy, such as arn:aws:iam::123456789012:policy/boundary",
  ),
  kmsKeyArn: text(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, "the ARN of a key in KMS, not of an alias"),
};

/** The rules. */
export interface AccountRules {
  /** Where roles and instance profiles are, with a slash at both ends. */
  readonly rolePath: string;
  /** The ARN of the boundary that each role must have, if there is one. */
  readonly permissionsBoundaryArn?: string | undefined;
  /** The ARN of the key that encrypts what is kept, if not AWS's own. */
  readonly kmsKeyArn?: string | undefined;
}

/**
 * A transformation for a component's options: every resource in it follows the rules. Only disks are not in it, which are
 * part of a launch template, and the bucket of access logs, which takes no key.
 *
 * @example
 * new Fleet("sorted", args, { transformations: [following({ rolePath: "/teams/search/" })] });
 */
export function following(rules: AccountRules): pulumi.ResourceTransformation {
  const { rolePath, permissionsBoundaryArn, kmsKeyArn } = rules;
  const path = rolePath === "/" ? {} : { path: rolePath };
  const boundary =
    permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: permissionsBoundaryArn };
  const inputs: Readonly<Record<string, object>> = {
    "aws:iam/role:Role": { ...path, ...boundary },
    "aws:iam/instanceProfile:InstanceProfile": path,
    ...(kmsKeyArn !== undefined && {
      "aws:cloudwatch/logGroup:LogGroup": { kmsKeyId: kmsKeyArn },
      "aws:ecr/repository:Repository": {
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: kmsKeyArn }],
      },
      "aws:lambda/function:Function": { kmsKeyArn },
      "aws:sns/topic:Topic": { kmsMasterKeyId: kmsKeyArn },
    }),
  };
  return ({ type, props, opts }) => ({ props: { ...props, ...inputs[type] }, opts });
}
