/** How to run the image under test: without everything that it does not need. */
import { type Container, type Docker, type Host, image, waitFor } from "@sorted/testbed";

/** The restrictions that docs/container.md advises. */
const restrictions = [
  "--read-only",
  "--cap-drop=ALL",
  "--security-opt=no-new-privileges",
  "--memory=256m",
  "--memory-swap=256m",
  "--pids-limit=128",
];

/** Runs the restricted image on a host of its own that has no network but loopback. */
export function runImage(docker: Docker, environment: Record<string, string> = {}): Promise<Container> {
  return docker.run({ image, options: [...restrictions, "--network=none"], environment });
}

/** The address of the service on the container's own host. */
export const origin = "http://127.0.0.1:3000";

/** Waits until the service answers on the host that it should be on. */
export async function becomesReady(host: Host): Promise<void> {
  await waitFor(
    "an answer",
    async () => (await host.run("curl", "--silent", "--fail", `${origin}/readyz`)) || undefined,
  );
}
