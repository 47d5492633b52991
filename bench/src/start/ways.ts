/** The ways to start a service that `pnpm bench start` compares. */
import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Peer, peers } from "../peers.ts";
import { FIRST_CORE, Server } from "../server.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** The image, as docs/container.md builds it. */
const NAME = "sorted-api";

/** The ways that the goal is about. */
export const BUNDLE = "Sorted, the bundle";
export const IMAGE = "Sorted, the image";

/** A process that was started. */
interface Started {
  /** When it was started, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a service that will listen on a port. */
export type Start = (port: number) => Promise<Started>;

/** All ways by their titles, with what they need already built; without the image if it was not built yet. */
export async function makeWays(): Promise<ReadonlyMap<string, Start>> {
  const { "fastify-bare": bare, sorted } = peers;
  if (bare === undefined || sorted === undefined) throw new Error("a peer is missing");
  execFileSync("pnpm", ["--filter", "@sorted/api", "build"], { cwd: ROOT, stdio: "inherit" });
  const bundle = {
    ...sorted,
    command: [process.execPath, join(ROOT, "packages/api/dist/server.mjs")] as const,
  };
  const ways = new Map([
    ["a bare Fastify route", byServer(bare)],
    ["Sorted, from source", byServer(sorted)],
    [BUNDLE, byServer(bundle)],
  ]);
  const hasImage = await docker("image", "inspect", NAME).then(
    () => true,
    () => false,
  );
  return hasImage ? ways.set(IMAGE, startContainer) : ways;
}

function byServer(peer: Peer): Start {
  return async (port) => {
    const startedAt = Date.now();
    const server = new Server(peer, port);
    return { startedAt, pid: server.pid, stop: () => server.stop() };
  };
}

/** The time that Docker itself takes does not count. */
async function startContainer(port: number): Promise<Started> {
  const limits = ["--network=host", "--read-only", `--cpuset-cpus=${FIRST_CORE}`];
  const settings = [`--env=PORT=${port}`, "--env=LOG_LEVEL=silent"];
  const id = await docker("run", "--detach", "--rm", ...limits, ...settings, NAME);
  const inspect = (template: string) => docker("inspect", "--format", template, id);
  return {
    startedAt: Date.parse(await inspect("{{.State.StartedAt}}")),
    pid: Number(await inspect("{{.State.Pid}}")),
    stop: async () => {
      await docker("kill", id);
    },
  };
}

async function docker(...parameters: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("docker", parameters);
  return stdout.trim();
}
