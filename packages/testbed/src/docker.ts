/** Images and containers of a Docker daemon. */
import type { Client } from "./client.ts";
import { Container } from "./container.ts";
import { type Daemon, findOrStartDaemon } from "./daemon.ts";
import { isRunning, removeOrphanedFolders } from "./temporary.ts";

/** What `docker build` is given. */
export interface Build {
  /** The folder that `COPY` copies from. */
  readonly context: string;
  readonly dockerfile: string;
  readonly tag: string;
  readonly target?: string;
  readonly buildArguments?: Readonly<Record<string, string>>;
}

/** What `docker run` is given. */
export interface Run {
  readonly image: string;
  /** Such as `--read-only`. */
  readonly options?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What follows the image. */
  readonly command?: readonly string[];
}

/** Marks our containers, with the process that they belong to. */
const owner = "sorted.testbed.process";

export class Docker {
  readonly #daemon: Daemon;
  /** What `docker run` answers, or will answer. */
  readonly #started: Promise<string>[] = [];
  #endsContainers = false;

  private constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  /**
   * Uses the daemon that is there or starts one, and removes containers and folders that an earlier run has left behind.
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

  /** Whether the daemon is one of our own: it can pull no image. */
  get isOurs(): boolean {
    return this.#daemon.ours;
  }

  /** What asks the daemon. */
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

  /** Builds an image with BuildKit, on the host's network, and returns the log of it. */
  async build({ context, dockerfile, tag, target, buildArguments = {} }: Build): Promise<string> {
    const args = ["build", "--progress=plain", "--network=host", `--file=${dockerfile}`, `--tag=${tag}`];
    for (const [name, value] of Object.entries(buildArguments)) args.push(`--build-arg=${name}=${value}`);
    if (target) args.push(`--target=${target}`);
    const { stderr } = await this.client.execute([...args, context], { DOCKER_BUILDKIT: "1" });
    return stderr;
  }

  /** What `docker image inspect` says of an image, or of a part of it by a Go template. */
  async inspectImage(name: string, template = "{{json .}}"): Promise<unknown> {
    return JSON.parse(await this.client.command("image", "inspect", "--format", template, name));
  }

  /** Starts a container. */
  async run({ image, options = [], environment = {}, command = [] }: Run): Promise<Container> {
    const variables = Object.entries(environment).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
    const label = `${owner}=${process.pid}`;
    // What is still there when the daemon ends is of a run that was killed: nobody waits for its last requests.
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
