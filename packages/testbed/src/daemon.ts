/** A Docker daemon: the existing one, or else one of our own for as long as this process runs. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder } from "./cache.ts";
import { Client } from "./client.ts";
import { start, stop } from "./command.ts";
import { isRunning } from "./temporary.ts";
import { waitFor } from "./wait.ts";

/** How to reach a daemon, and how to release it. */
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

/** If a daemon ends at once, it is started again this many times, after a pause. */
const MOST_LAUNCHES = 10;
const LAUNCH_PAUSE_SECONDS = 1;

/**
 * @throws Error if none answers and none can be started. Starting one needs root on Linux with Debian's `docker.io`.
 */
export async function findOrStartDaemon(): Promise<Daemon> {
  const usual = new Client(["docker"]);
  if (await answers(usual))
    return { client: usual, socket: "/var/run/docker.sock", ours: false, close: async () => {} };

  const folder = join(cacheFolder, "docker");
  const socket = join(folder, "docker.sock");
  // The client of the same package supports BuildKit without a plugin.
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
  // It does not change the host's firewall and forwarding, and makes only the bridges of the requested networks.
  const launch = () => {
    const output = openSync(log, "a");
    const launched = start(
      "/usr/sbin/dockerd",
      [
        `--host=unix://${socket}`,
        `--data-root=${join(folder, "data")}`,
        `--exec-root=${join(folder, "run")}`,
        `--pidfile=${pidFile}`,
        `--label=${ownerLabel}=${process.pid}`,
        "--bridge=none",
        "--iptables=false",
        "--ip-forward=false",
        "--ip-masq=false",
      ],
      { stdio: ["ignore", output, output] },
    );
    closeSync(output);
    return launched;
  };
  rmSync(log, { force: true });
  forgetDead(pidFile, "dockerd");
  forgetDead(join(folder, "run", "containerd", "containerd.pid"), "containerd");
  let daemon = launch();
  let launches = 1;
  try {
    const isUp = await waitFor("a Docker daemon of our own", async () => {
      if (daemon.exitCode !== null || daemon.signalCode !== null) {
        if (launches === MOST_LAUNCHES) return false;
        // Parts of a killed run that are still ending may hold what it needs.
        await sleep(LAUNCH_PAUSE_SECONDS * 1000);
        launches += 1;
        daemon = launch();
      }
      return (await answers(client)) || undefined;
    });
    if (!isUp)
      throw new Error(`no Docker daemon of our own starts: ${readFileSync(log, "utf8").slice(-2000)}`);
  } catch (error) {
    await stop(daemon);
    throw error;
  }
  return { client, socket, ours: true, close: () => stop(daemon) };
}

/**
 * Removes the file in which a killed daemon has left its process id. Another process may have that id now, and a new
 * daemon would take it for a running daemon.
 */
function forgetDead(pidFile: string, command: string): void {
  const pid = read(pidFile);
  // A daemon that is just ending removes the file itself.
  if (pid !== undefined && read(`/proc/${pid}/comm`) !== command) rmSync(pidFile, { force: true });
}

/** The content of a file without white space around it; undefined if the file does not exist. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}

/** The process that started it. If it was killed, the daemon is about to end. */
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
