/** How the image under test is run: with everything taken away that it does not need. */
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
