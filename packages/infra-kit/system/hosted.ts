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

/** A container's ID, once the application in it is ready on all of the machine's ports; not the one given. */
export function serving(
  machine: Machine,
  name: string,
  ports: readonly number[],
  former = "",
): Promise<string> {
  return machine.until(`${name} to be ready`, async () => {
    const id = await machine.run("docker", "inspect", "--format", "{{.Id}}", name);
    if (id === former) return undefined;
    for (const port of ports) {
      const { ok } = await fetch(`${machine.origin(port)}/readyz`, { signal: AbortSignal.timeout(10_000) });
      if (!ok) return undefined;
    }
    return id;
  });
}

/** Shows that a port of the machine leads to the whole service: `pnpm smoke`. */
export async function passesSmoke(t: Test, machine: Machine, port: number): Promise<void> {
  await t.resolves(
    run(process.execPath, [smoke, machine.origin(port)]),
    `the smoke check passes on port ${port}`,
  );
}
