/** The image under test, which is that of the API, and the check that it serves. */
import { join } from "node:path";
import type { Docker } from "./docker.ts";
import { substituteImages } from "./substitute-images.ts";

/** The repository. */
export const root = join(import.meta.dirname, "..", "..", "..");

/** The smoke check, a script for Node. */
export const smoke = join(root, "packages", "api", "smoke", "main.ts");

/** The name of the built image. */
export const image = "sorted-api:system-check";

/** The options of a build, if they differ from the defaults. */
export interface ImageBuild {
  readonly tag?: string;
  /** The sources: the repository's root, or a copy of it. */
  readonly context?: string;
  /** The version of the image: another version makes another image of the same application. */
  readonly version?: string;
}

/**
 * Builds the image on the real base images, or on substitutes if they are not available.
 *
 * @returns The log of the build.
 */
export async function buildImage(
  docker: Docker,
  { tag = image, context = root, version }: ImageBuild = {},
): Promise<string> {
  return docker.build({
    context,
    dockerfile: join(context, "packages", "api", "Dockerfile"),
    tag,
    buildArguments: {
      ...(docker.isOurs && (await substituteArguments(docker))),
      ...(version !== undefined && { VERSION: version }),
    },
  });
}

async function substituteArguments(docker: Docker): Promise<Record<string, string>> {
  const { node, runtime, lambdaAdapter } = await substituteImages(docker);
  return { NODE_IMAGE: node, RUNTIME_IMAGE: runtime, LAMBDA_ADAPTER_IMAGE: lambdaAdapter };
}
