/** The application's image in a repository of the stack: the one of these sources, or an earlier one. */
import * as ecr from "@pulumi/aws/ecr/index.js";
import * as pulumi from "@pulumi/pulumi";
import { buildImage } from "@sorted/infra-kit";
import { readableByLambda } from "./lambda-access.ts";

/** How many images stay to roll back to. */
const imagesToKeep = 20;

export interface ImageArgs {
  readonly architecture: "arm64" | "x86_64";
  /** What the Dockerfile may copy from, and the Dockerfile, relative to the program's folder. */
  readonly context: string;
  readonly dockerfile: string;
  /** The digest of an image that was pushed earlier, to go back to it; nothing is built then. */
  readonly digest?: string | undefined;
  /** Let functions of the account be made from the images. */
  readonly forLambda?: boolean;
  /** Keep the images when the repository is to be deleted, so that deleting it fails. */
  readonly protect: boolean;
}

/** Builds the image and pushes it by digest into an ECR repository that scans it. */
export class Image extends pulumi.ComponentResource {
  /** `…amazonaws.com/repository@sha256:…` */
  readonly uri: pulumi.Output<string>;
  /** What must exist before others than the account's own roles can read it. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: ImageArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:Image", name, {}, options);
    const repository = new ecr.Repository(
      name,
      {
        imageScanningConfiguration: { scanOnPush: true },
        imageTagMutability: "IMMUTABLE",
        forceDelete: !args.protect,
      },
      { parent: this },
    );
    new ecr.LifecyclePolicy(
      name,
      {
        repository: repository.name,
        policy: JSON.stringify({
          rules: [
            {
              rulePriority: 1,
              description: `Keep the ${imagesToKeep} newest`,
              selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: imagesToKeep },
              action: { type: "expire" },
            },
          ],
        }),
      },
      { parent: this },
    );
    if (args.forLambda) {
      const { name: repositoryName, registryId: account } = repository;
      readableByLambda(name, { repository: repositoryName, account }, this);
    }
    this.uri = args.digest
      ? pulumi.interpolate`${repository.repositoryUrl}@${args.digest}`
      : this.#build(name, args, repository);
    // A component stands for all that is in it.
    this.ready = [this];
    this.registerOutputs({ uri: this.uri });
  }

  #build(name: string, args: ImageArgs, repository: ecr.Repository): pulumi.Output<string> {
    const login = ecr.getAuthorizationTokenOutput({ registryId: repository.registryId });
    return buildImage(
      name,
      {
        context: args.context,
        dockerfile: args.dockerfile,
        platform: args.architecture === "arm64" ? "linux/arm64" : "linux/amd64",
        repository: repository.repositoryUrl,
        registry: {
          address: repository.repositoryUrl,
          username: login.userName,
          password: pulumi.secret(login.password),
        },
      },
      // Only the repository holds anything that could be lost.
      { parent: this, protect: false },
    );
  }
}
