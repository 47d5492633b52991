/** Who else than the account's own roles reads the images. */
import { RepositoryPolicy } from "@pulumi/aws/ecr/index.js";
import * as pulumi from "@pulumi/pulumi";

/**
 * Lets AWS Lambda, for functions of one account, read a repository's images.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#configuration-images-permissions
 */
export function readableByLambda(
  name: string,
  args: { readonly repository: pulumi.Input<string>; readonly account: pulumi.Input<string> },
  parent: pulumi.Resource,
): RepositoryPolicy {
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Condition: {
          StringLike: { "aws:SourceArn": pulumi.interpolate`arn:aws:lambda:*:${args.account}:function:*` },
        },
      },
    ],
  });
  return new RepositoryPolicy(name, { repository: args.repository, policy }, { parent });
}
