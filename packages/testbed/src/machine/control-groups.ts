/** Control groups for a container that runs systemd, where no systemd runs around it that would give them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../command.ts";
import { orphansIn, ownName } from "../temporary.ts";

const MOUNTED_AT = "/sys/fs/cgroup";

/** A group of version 1 takes no process before it has these. */
const CPUSET_FILES = ["cpuset.cpus", "cpuset.mems"];

/** What Docker limits a container by. A group of version 2 has only the controllers that the one above it hands down. */
const CONTROLLERS = "+cpu +memory +pids";

/**
 * Makes a group in each hierarchy: one in version 2, one for each controller in version 1. What a container makes of groups
 * lies in them, Docker's too. Removes those that a process that was killed has left behind.
 *
 * @returns Their folders: none where systemd runs.
 * @see https://systemd.io/CONTROL_GROUP_INTERFACE
 */
export async function makeControlGroups(name: string): Promise<readonly string[]> {
  if (existsSync("/run/systemd/system")) return [];
  const hierarchies = hierarchiesHere();
  // One that is just being left is for the next to remove.
  await removeControlGroups(hierarchies.flatMap(orphansIn)).catch(() => {});
  return hierarchies.map((hierarchy) => makeControlGroup(hierarchy, ownName(name)));
}

/** Removes groups and those in them, once no process is left there. */
export async function removeControlGroups(groups: readonly string[]): Promise<void> {
  for (const group of groups) await run("find", [group, "-depth", "-type", "d", "-delete"]);
}

function makeControlGroup(hierarchy: string, name: string): string {
  const group = join(hierarchy, name);
  if (hierarchy === MOUNTED_AT) writeFileSync(join(hierarchy, "cgroup.subtree_control"), CONTROLLERS);
  mkdirSync(group);
  for (const file of CPUSET_FILES) {
    const inherited = join(hierarchy, file);
    if (existsSync(inherited)) writeFileSync(join(group, file), readFileSync(inherited));
  }
  return group;
}

function hierarchiesHere(): readonly string[] {
  const isHierarchy = (folder: string) => existsSync(join(folder, "cgroup.procs"));
  if (isHierarchy(MOUNTED_AT)) return [MOUNTED_AT];
  return readdirSync(MOUNTED_AT)
    .map((name) => join(MOUNTED_AT, name))
    .filter(isHierarchy);
}
