/** The image under test, and how it is run: with everything taken away that it does not need. */
import { join } from "node:path";
import { buildApplication, type Container, type Docker, type Host, waitFor } from "@sorted/testbed";

export const root = join(import.meta.dirname, "..", "..", "..");

/** The smoke check, a script for Node. */
export const smoke = join(import.meta.dirname, "..", "smoke", "main.ts");

/** The name that it is built under. */
export const image = "sorted-api:system-check";

/** The restrictions that docs/container.md advises. */
const restrictions = [
  "--read-only",
  "--cap-drop=ALL",
  "--security-opt=no-new-privileges",
  "--memory=256m",
  "--memory-swap=256m",
  "--pids-limit=128",
];

/**
 * Builds the image on the real base images, or on stand-ins where they can't be had.
 *
 * @param context The sources: the repository's root, or a copy of it.
 * @returns The log of the build.
 */
export function buildImage(docker: Docker, context = root): Promise<string> {
  return buildApplication(docker, { tag: image, context });
}

/** Runs the image restricted, on a host of its own without any network but loopback. */
export function runImage(docker: Docker, environment: Record<string, string> = {}): Promise<Container> {
  return docker.run({ image, options: [...restrictions, "--network=none"], environment });
}

/** Where the service is found, from the container's own host. */
export const origin = "http://127.0.0.1:3000";

/** Waits until the service answers on a host that it ought to be on. */
export async function becomesReady(host: Host): Promise<void> {
  await waitFor(
    "an answer",
    async () => (await host.run("curl", "--silent", "--fail", `${origin}/readyz`)) || undefined,
  );
}
