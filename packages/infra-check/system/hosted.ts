/** What a host does for its container, from its first boot on: the same on both clouds. */
import {
  buildImage,
  Docker,
  image,
  Machine,
  type MachineOptions,
  Registry,
  run,
  smoke,
} from "@sorted/testbed";
import type { Test } from "tap";

/** The image under test, in a registry of its own. */
export interface Published {
  /** `sha256:…` */
  readonly digest: string;
  /** The port of loopback that the registry answers on, to anybody. */
  readonly registryPort: number;
}

/** Builds the image, and puts it into a registry that is gone at the end of the test. */
export async function publish(t: Test, name: string): Promise<Published> {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  await buildImage(docker);
  const registry = await Registry.start();
  t.teardown(() => registry.close());
  return { digest: await registry.push(docker, image, name), registryPort: registry.port };
}

/** Boots a machine that is gone at the end of the test; if that fails, its console is shown. */
export async function boot(t: Test, options: MachineOptions): Promise<Machine> {
  const machine = await Machine.boot(options);
  t.teardown(async () => {
    if (!t.passing()) t.comment(machine.console());
    await machine.close();
  });
  return machine;
}

/** What a machine is to serve. */
export interface Hosted {
  /** By digest. */
  readonly image: string;
  /** The name of the container. */
  readonly name: string;
  /** The machine's ports that lead to it. */
  readonly ports: readonly number[];
}

/**
 * Shows that a machine has done what its user data says, and serves the whole service on all of its ports; that another
 * container takes the place of one that was killed; and that the machine serves again after a restart.
 */
export async function servesThroughout(t: Test, machine: Machine, hosted: Hosted): Promise<void> {
  const { image, name } = hosted;
  t.strictSame(await machine.bootstrapped(), [], "cloud-init has no error to report");
  const first = await serving(machine, hosted);
  const started = await machine.run("docker", "inspect", "--format", "{{.Config.Image}}", name);
  t.equal(started.trim(), image, "it runs the image that was named");
  await passesSmoke(t, machine, hosted);

  await machine.run("docker", "kill", name);
  const second = await serving(machine, hosted, first);
  t.pass("another container takes the place of one that was killed");

  await machine.reboot();
  await serving(machine, hosted, second);
  await passesSmoke(t, machine, hosted);
}

/** The ID of a container other than `former`, once the application in it is ready on all of the machine's ports. */
function serving(machine: Machine, { name, ports }: Hosted, former = ""): Promise<string> {
  return machine.until(`${name} to be ready`, async () => {
    for (const port of ports) {
      const { ok } = await fetch(`${machine.origin(port)}/readyz`, { signal: AbortSignal.timeout(10_000) });
      if (!ok) return undefined;
    }
    const id = await machine.run("docker", "inspect", "--format", "{{.Id}}", name);
    return id === former ? undefined : id;
  });
}

/** `pnpm smoke`, for each port. */
async function passesSmoke(t: Test, machine: Machine, { ports }: Hosted): Promise<void> {
  for (const port of ports) {
    await t.resolves(
      run(process.execPath, [smoke, machine.origin(port)]),
      `the smoke check passes on port ${port}`,
    );
  }
}
