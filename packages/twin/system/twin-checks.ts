/** What the twin of every program has to keep, whatever its cloud: the tests of both programs. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Topology } from "@sorted/infra-check/reachability";
import { Docker, waitFor } from "@sorted/testbed";
import type { Test } from "tap";
import { agreement } from "../src/agreement.ts";
import { demonstrate } from "../src/demonstration.ts";
import { Fabric } from "../src/fabric.ts";
import { imagesOf } from "../src/images.ts";
import { leftContainers, leftovers } from "../src/leftovers.ts";
import type { Declare } from "../src/run.ts";
import { Twin } from "../src/twin.ts";

/** A program, as its twin's checks need to know it. */
export interface TwinSubject<Configuration extends string> {
  /** The name that `pnpm twin` takes. */
  readonly cloud: "aws" | "azure";
  /** The first of them is taken without the filters of its instances, too. */
  readonly configurations: readonly [Configuration, ...Configuration[]];
  /** What a configuration declares, translated. */
  readonly topologyOf: (configuration: Configuration) => Promise<Topology>;
  readonly declare: Declare;
}

/**
 * Declares all tests of a program's twin: that it and reachability agree, that it loses no request, and that it leaves
 * nothing behind.
 *
 * @param test of the program's own tap: each package has a run of its own
 */
export function testTwin<C extends string>(test: Test["test"], subject: TwinSubject<C>): void {
  const { cloud, configurations, topologyOf, declare } = subject;
  for (const configuration of configurations)
    test(`${configuration}: the twin and reachability agree`, async (t) =>
      keepsAgreement(t, await topologyOf(configuration)));

  test("without the security groups of the instances they would not", async (t) =>
    noticesDisagreement(t, await topologyOf(configurations[0])));

  test("a zone gone and a new image cost no request", (t) => keepsGuarantees(t, declare));

  const command = [join(import.meta.dirname, "../../../scripts/twin.ts"), cloud];
  for (const signal of ["SIGINT", "SIGKILL"] as const)
    test(`after ${signal} nothing is left behind`, (t) => leavesNothing(t, command, signal));
}

/** Builds the network alone, and compares it with reachability. */
async function keepsAgreement(t: Test, topology: Topology): Promise<void> {
  const fabric = await Fabric.create(topology);
  t.teardown(() => fabric.close());
  for (const host of topology.hosts) await fabric.plug(host);
  const { open, closed, disagreements } = await agreement(fabric);
  t.comment(`${open} open and ${closed} closed ways tried`);
  t.ok(open > 0 && closed > 0);
  t.strictSame(disagreements, []);
}

/** Leaves the filters of the instances out: the comparison has to notice. */
async function noticesDisagreement(t: Test, topology: Topology): Promise<void> {
  const fabric = await Fabric.create(topology);
  t.teardown(() => fabric.close());
  for (const host of topology.hosts) {
    const plugged = await fabric.plug(host);
    if (host.role === "instance") await plugged.setFirewall("");
  }
  const { disagreements } = await agreement(fabric);
  t.match(disagreements.join("\n"), /from instance 1 .* to instance 2 .*: reachability says closed/);
}

/** Goes through all that `pnpm twin` shows. */
async function keepsGuarantees(t: Test, declare: Declare): Promise<void> {
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
async function leavesNothing(
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
