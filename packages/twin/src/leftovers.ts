/** The parts of an ended twin that are still on this machine. */
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { Docker, run } from "@sorted/testbed";

/**
 * Processes with a variable in their environment, and links and folders of a process, in words. Containers are those
 * that remain when the next run begins.
 *
 * @param marker the variable as `NAME=value`, which everything that the twin started inherited
 * @param pid the process id of the twin
 */
export async function leftovers(marker: string, pid: number): Promise<readonly string[]> {
  const processes = readdirSync("/proc").flatMap((name) =>
    hasVariable(name, marker) ? commandOf(name) : [],
  );
  const links = (await run("ip", ["-brief", "link"]))
    .split("\n")
    .filter((line) => line.includes(`twin${pid}@`));
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(`sorted-testbed.${pid}.`));
  return [
    ...processes.map((command) => `process ${command}`),
    ...links.map((link) => `link ${link}`),
    ...folders.map((folder) => `folder ${folder}`),
  ];
}

/** The containers of a twin that are still there after another run has begun. */
export async function leftContainers(pid: number): Promise<readonly string[]> {
  const docker = await Docker.connect();
  try {
    const filter = `label=sorted.testbed.process=${pid}`;
    const list = await docker.client.command("ps", "--all", "--quiet", "--filter", filter);
    return list.split("\n").filter(Boolean);
  } finally {
    await docker.close();
  }
}

function hasVariable(process: string, marker: string): boolean {
  return (read(process, "environ") ?? "").split("\0").includes(marker);
}

function commandOf(process: string): string {
  return `${process} ${(read(process, "cmdline") ?? "").replaceAll("\0", " ")}`;
}

/** A file of Linux about a process; nothing if the process has just ended, or is not one. */
function read(process: string, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${process}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
