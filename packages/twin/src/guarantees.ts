/** What every cloud's twin has to keep, for the system checks of the programs. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Topology } from "@sorted/infra-check/reachability";
import { Docker, waitFor } from "@sorted/testbed";
import type { Test } from "tap";
import { agreement } from "./agreement.ts";
import { demonstrate } from "./demonstration.ts";
import { Fabric } from "./fabric.ts";
import { imagesOf } from "./images.ts";
import { leftContainers, leftovers } from "./leftovers.ts";
import type { Declare } from "./run.ts";
import { Twin } from "./twin.ts";

/** Builds the network alone, and compares it with the trace. */
export async function keepsAgreement(t: Test, topology: Topology): Promise<void> {
  const fabric = await Fabric.create(topology);
  t.teardown(() => fabric.close());
  for (const host of topology.hosts) await fabric.plug(host);
  const { open, closed, disagreements } = await agreement(fabric);
  t.comment(`${open} open and ${closed} closed ways tried`);
  t.ok(open > 0 && closed > 0);
  t.strictSame(disagreements, []);
}

/** Leaves the filters of the instances out: the comparison has to notice. */
export async function noticesDisagreement(t: Test, topology: Topology): Promise<void> {
  const fabric = await Fabric.create(topology);
  t.teardown(() => fabric.close());
  for (const host of topology.hosts) {
    const plugged = await fabric.plug(host);
    if (host.role === "instance") await plugged.setFirewall("");
  }
  const { disagreements } = await agreement(fabric);
  t.match(disagreements.join("\n"), /from instance 1 .* to instance 2 .*: the trace says closed/);
}

/** Goes through all that `pnpm twin` shows. */
export async function keepsPromises(t: Test, declare: Declare): Promise<void> {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  const images = await imagesOf(docker);
  const { topology, userData: current } = await declare(images.first);
  const { userData: next } = await declare(images.next);
  const begin = Date.now();
  const twin = await Twin.create(docker, topology);
  t.teardown(() => twin.close());
  await twin.start(current);
  await twin.serve();
  t.comment(`up in ${((Date.now() - begin) / 1000).toFixed(1)} s`);

  await demonstrate(
    twin,
    { current, next },
    {
      say: (line) => t.comment(line),
      check: (guarantee, holds) => t.ok(holds, guarantee),
    },
  );
  const digest = images.next.split("@")[1];
  t.ok(
    twin.instances.every(({ image }) => image === digest),
    "all instances run the new image",
  );
}

/** Whoever is killed can't remove folders; and the container engine, killed as well, may leave its own processes. */
const nextRunRemoves = /^folder |\/containerd-shim/;

/** Starts a twin by its command and ends it by a signal: nothing may be left. */
export async function leavesNothing(
  t: Test,
  command: readonly string[],
  signal: "SIGINT" | "SIGKILL",
): Promise<void> {
  const marker = `SORTED_TWIN_CHECK=${process.pid}-${signal}`;
  const [name = "", value] = marker.split("=");
  const child = spawn(process.execPath, command, {
    env: { ...process.env, [name]: value },
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.teardown(() => child.kill("SIGKILL"));
  await untilUp(child);
  t.ok((await leftovers(marker, child.pid ?? 0)).length > 3, "while it is up there is a lot");
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
  await waitFor("everything of the twin to be gone", async () => {
    const left = await leftovers(marker, child.pid ?? 0);
    if (left.every((thing) => signal === "SIGKILL" && nextRunRemoves.test(thing))) return true;
    throw new Error(left.join(", "));
  });
  t.strictSame(await leftContainers(child.pid ?? 0), [], "the next run finds no container of it");
  t.strictSame(await leftovers(marker, child.pid ?? 0), [], "nor anything else");
}

/** It says so on its standard output. */
async function untilUp(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error("the twin has no standard output");
  for await (const line of createInterface(child.stdout)) if (line.startsWith("up: ")) return;
  throw new Error("the twin ended before it was up");
}
