/** The application's image: built here and pushed, or one that exists. */
import * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";

/** An image by its digest, such as `ghcr.io/someone/sorted@sha256:…`: a name that can't come to mean another image. */
export const imageByDigest = /^[a-z0-9][a-z0-9._-]*(:\d+)?(\/[a-z0-9][a-z0-9._-]*)+@sha256:[0-9a-f]{64}$/;

/** The processor that an image is built for, in the words of Docker. */
export type Platform = "linux/arm64" | "linux/amd64";

/** What {@link buildImage} needs. */
export interface BuildArgs {
  /** The folder that the Dockerfile may copy from, relative to the program's folder. */
  readonly context: string;
  /** The Dockerfile, relative to the program's folder. */
  readonly dockerfile: string;
  readonly platform: Platform;
  /** The repository to push to, without a tag. */
  readonly repository: pulumi.Input<string>;
  /** How to log in to its registry. */
  readonly registry: {
    readonly address: pulumi.Input<string>;
    readonly username: pulumi.Input<string>;
    readonly password: pulumi.Input<string>;
  };
}

/**
 * Builds the image and pushes it by digest, with no tag that could move or clash. Paths are relative, so that the
 * state is the same whoever deploys. A preview builds nothing and needs no Docker.
 *
 * @returns `repository@sha256:…`, unknown in a preview where the image would be built anew
 */
export function buildImage(
  name: string,
  args: BuildArgs,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const image = new dockerBuild.Image(
    name,
    {
      context: { location: args.context },
      dockerfile: { location: args.dockerfile },
      platforms: [args.platform],
      push: false,
      exports: [{ registry: { names: [args.repository], push: true, pushByDigest: true } }],
      registries: [args.registry],
      buildOnPreview: false,
    },
    options,
  );
  return pulumi.interpolate`${args.repository}@${image.digest}`;
}
