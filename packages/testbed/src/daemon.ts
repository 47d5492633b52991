/** A Docker daemon: the one that is there, else one of our own for as long as this process runs. */
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache.ts";
import { Client } from "./client.ts";
import { start, stop } from "./command.ts";
import { isRunning } from "./temporary.ts";
import { waitFor } from "./wait.ts";

/** How to reach a daemon, and how to let it go. */
export interface Daemon {
  readonly client: Client;
  /** The path of its socket. */
  readonly socket: string;
  /** Whether it is one of our own, which reaches no container registry. */
  readonly ours: boolean;
  close(): Promise<void>;
}

/** Marks a daemon of our own with the process that started it. */
const ownerLabel = "sorted.testbed.owner";

/** @throws Error if none answers and none can be started, for which one must be root on Linux with Debian's `docker.io`. */
export async function findOrStartDaemon(): Promise<Daemon> {
  const usual = new Client(["docker"]);
  if (await answers(usual))
    return { client: usual, socket: "/var/run/docker.sock", ours: false, close: async () => {} };

  const folder = join(cacheFolder, "docker");
  const socket = join(folder, "docker.sock");
  // The client of the same package knows BuildKit without a plugin.
  const client = new Client(["/usr/bin/docker", "--host", `unix://${socket}`]);
  const pidFile = join(folder, "pid");
  if (await answers(client)) {
    const owner = await ownerOf(client);
    if (owner === undefined || isRunning(owner)) return { client, socket, ours: true, close: async () => {} };
    const dying = Number(readFileSync(pidFile, "utf8"));
    await waitFor("the daemon of a run that was killed to end", async () => !isRunning(dying) || undefined);
  }

  mkdirSync(folder, { recursive: true });
  const log = join(folder, "daemon.log");
  const output = openSync(log, "w");
  // It leaves the host's firewall and forwarding alone, and makes no bridge but those of the networks asked for.
  const process = start(
    "/usr/sbin/dockerd",
    [
      `--host=unix://${socket}`,
      `--data-root=${join(folder, "data")}`,
      `--exec-root=${join(folder, "run")}`,
      `--pidfile=${pidFile}`,
      `--label=${ownerLabel}=${globalThis.process.pid}`,
      "--bridge=none",
      "--iptables=false",
      "--ip-forward=false",
      "--ip-masq=false",
    ],
    { stdio: ["ignore", output, output] },
  );
  try {
    await waitFor("a Docker daemon of our own", async () => {
      if (process.exitCode !== null) throw new Error(readFileSync(log, "utf8").slice(-2000));
      return (await answers(client)) || undefined;
    });
  } catch (error) {
    await stop(process);
    throw error;
  }
  return { client, socket, ours: true, close: () => stop(process) };
}

/** The process that started it; it may have been killed, and then the daemon is about to end. */
async function ownerOf(client: Client): Promise<number | undefined> {
  const labels = await client.command("info", "--format", "{{json .Labels}}");
  const pid = new RegExp(`"${ownerLabel}=(\\d+)"`).exec(labels)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

async function answers(client: Client): Promise<boolean> {
  return client.command("version").then(
    () => true,
    () => false,
  );
}
