/** Images and containers of a Docker daemon. */
import type { Client } from "./client.ts";
import { Container } from "./container.ts";
import { type Daemon, findOrStartDaemon } from "./daemon.ts";
import { isRunning, removeOrphanedFolders } from "./temporary.ts";

/** The input of `docker build`. */
export interface Build {
  /** The folder that `COPY` copies from. */
  readonly context: string;
  readonly dockerfile: string;
  readonly tag: string;
  readonly target?: string;
  readonly buildArguments?: Readonly<Record<string, string>>;
}

/** The input of `docker run`. */
export interface Run {
  readonly image: string;
  /** For example `--read-only`. */
  readonly options?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The arguments after the image. */
  readonly command?: readonly string[];
}

/** Marks our containers, with the process that they belong to. */
const owner = "sorted.testbed.process";

export class Docker {
  readonly #daemon: Daemon;
  /** The answer of `docker run`, now or later. */
  readonly #started: Promise<string>[] = [];
  #endsContainers = false;

  private constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  /**
   * Uses the existing daemon or starts one, and removes containers and folders that an earlier run has left behind.
   *
   * @example
   * const docker = await Docker.connect();
   * t.teardown(() => docker.close());
   */
  static async connect(): Promise<Docker> {
    const docker = new Docker(await findOrStartDaemon());
    await docker.#removeOrphans();
    removeOrphanedFolders();
    return docker;
  }

  /** Whether the daemon is one of our own, which can't pull images. */
  get isOurs(): boolean {
    return this.#daemon.ours;
  }

  /** The client that asks the daemon. */
  get client(): Client {
    return this.#daemon.client;
  }

  /** The path of the daemon's socket. */
  get socket(): string {
    return this.#daemon.socket;
  }

  async hasImage(name: string): Promise<boolean> {
    return (await this.client.command("image", "ls", "--quiet", name)) !== "";
  }

  /** Builds an image with BuildKit on the host's network, and returns the log. */
  async build({ context, dockerfile, tag, target, buildArguments = {} }: Build): Promise<string> {
    const args = ["build", "--progress=plain", "--network=host", `--file=${dockerfile}`, `--tag=${tag}`];
    for (const [name, value] of Object.entries(buildArguments)) args.push(`--build-arg=${name}=${value}`);
    if (target) args.push(`--target=${target}`);
    const { stderr } = await this.client.execute([...args, context], { DOCKER_BUILDKIT: "1" });
    return stderr;
  }

  /** The output of `docker image inspect`, or a part of it by a Go template. */
  async inspectImage(name: string, template = "{{json .}}"): Promise<unknown> {
    return JSON.parse(await this.client.command("image", "inspect", "--format", template, name));
  }

  /** Starts a container. */
  async run({ image, options = [], environment = {}, command = [] }: Run): Promise<Container> {
    const variables = Object.entries(environment).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
    const label = `${owner}=${process.pid}`;
    // If a container still exists when the daemon ends, its run was killed: nobody waits for its last requests.
    const own = ["--detach", "--label", label, "--stop-timeout=1"];
    const args = [...own, ...options, ...variables, image, ...command];
    if (this.#endsContainers) throw new Error("No container is started any more");
    const id = this.client.command("run", ...args);
    this.#started.push(id);
    return new Container(this.client, (await id).trim());
  }

  /** Removes all containers that this process has started, and starts no more. */
  async removeContainers(): Promise<void> {
    this.#endsContainers = true;
    await Promise.allSettled(this.#started);
    const list = await this.client.command(
      "ps",
      "--all",
      "--quiet",
      "--filter",
      `label=${owner}=${process.pid}`,
    );
    const ids = list.split("\n").filter(Boolean);
    if (ids.length > 0) await this.client.command("rm", "--force", "--volumes", ...ids);
  }

  /** Ends the daemon if it is one of our own. */
  close(): Promise<void> {
    return this.#daemon.close();
  }

  async #removeOrphans(): Promise<void> {
    const format = `{{.ID}} {{.Label "${owner}"}}`;
    const list = await this.client.command("ps", "--all", "--filter", `label=${owner}`, "--format", format);
    for (const line of list.split("\n").filter(Boolean)) {
      const [id = "", pid] = line.split(" ");
      if (!isRunning(Number(pid))) await this.client.command("rm", "--force", id);
    }
  }
}
