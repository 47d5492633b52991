/** Control groups for a container that runs systemd, on a machine where no systemd provides them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../command.ts";
import { orphansIn, ownName } from "../temporary.ts";

const MOUNTED_AT = "/sys/fs/cgroup";

/** A group of version 1 accepts no process before it has these. */
const CPUSET_FILES = ["cpuset.cpus", "cpuset.mems"];

/**
 * The limits that Docker sets on a container. A group of version 2 has only the controllers that its parent passes on.
 */
const CONTROLLERS = "+cpu +memory +pids";

/**
 * Makes a group in each hierarchy: one in version 2, one for each controller in version 1. The groups that a container
 * makes are inside them, Docker's too. Also removes the groups that killed processes have left behind.
 *
 * @returns Their folders; none if systemd runs here.
 * @see https://systemd.io/CONTROL_GROUP_INTERFACE
 */
export async function makeControlGroups(name: string): Promise<readonly string[]> {
  if (existsSync("/run/systemd/system")) return [];
  const hierarchies = hierarchiesHere();
  // If one is still in use, the next call removes it.
  await removeControlGroups(hierarchies.flatMap(orphansIn)).catch(() => {});
  return hierarchies.map((hierarchy) => makeControlGroup(hierarchy, ownName(name)));
}

/** Removes groups and the groups inside them, once they have no process. */
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
