/** The application's image in a registry of the stack: the one of these sources, or an earlier one. */
import { Registry } from "@pulumi/azure-native/containerregistry/index.js";
import * as pulumi from "@pulumi/pulumi";
import { buildImage } from "@sorted/infra-kit";
import type { Group } from "../resources/resource-group.ts";
import { registryLogin } from "./registry-login.ts";

export interface ImageArgs {
  readonly group: Group;
  readonly architecture: "arm64" | "x86_64";
  /** What the Dockerfile may copy from, and the Dockerfile, relative to the program's folder. */
  readonly context: string;
  readonly dockerfile: string;
  /** The digest of an image that was pushed earlier, to go back to it; nothing is built then. */
  readonly digest?: string | undefined;
}

/** Builds the image and pushes it by digest into a registry that knows no password. */
export class Image extends pulumi.ComponentResource {
  /** `….azurecr.io/repository@sha256:…` */
  readonly uri: pulumi.Output<string>;
  readonly registryId: pulumi.Output<string>;

  constructor(name: string, args: ImageArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:Image", name, {}, options);
    const registry = new Registry(
      name,
      {
        resourceGroupName: args.group.name,
        sku: { name: "Basic" },
        adminUserEnabled: false,
        anonymousPullEnabled: false,
      },
      { parent: this },
    );
    this.registryId = registry.id;
    const repository = pulumi.interpolate`${registry.loginServer}/${name}`;
    this.uri = args.digest
      ? pulumi.interpolate`${repository}@${args.digest}`
      : buildImage(
          name,
          {
            context: args.context,
            dockerfile: args.dockerfile,
            platform: args.architecture === "arm64" ? "linux/arm64" : "linux/amd64",
            repository,
            registry: registryLogin(registry.loginServer),
          },
          // Only the registry holds anything that could be lost.
          { parent: this, protect: false },
        );
    this.registerOutputs({ uri: this.uri });
  }
}
