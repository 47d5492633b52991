/** The image of the application, built from this repository. */
import { join } from "node:path";
import type { Docker } from "./docker.ts";
import { standIns } from "./stand-ins.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/** What is built, and under which name. */
export interface ApplicationBuild {
  readonly tag: string;
  /** The sources: the repository's root, or a copy of it. */
  readonly context?: string;
  /** Of the image: another version makes another image of the same application. */
  readonly version?: string;
}

/**
 * Builds it on the real base images, or on stand-ins where they can't be had.
 *
 * @returns The log of the build.
 */
export async function buildApplication(
  docker: Docker,
  { tag, context = root, version }: ApplicationBuild,
): Promise<string> {
  return docker.build({
    context,
    dockerfile: join(context, "packages", "api", "Dockerfile"),
    tag,
    buildArguments: {
      ...(docker.isOurs && (await standInArguments(docker))),
      ...(version !== undefined && { VERSION: version }),
    },
  });
}

async function standInArguments(docker: Docker): Promise<Record<string, string>> {
  const { node, runtime, lambdaAdapter } = await standIns(docker);
  return { NODE_IMAGE: node, RUNTIME_IMAGE: runtime, LAMBDA_ADAPTER_IMAGE: lambdaAdapter };
}
