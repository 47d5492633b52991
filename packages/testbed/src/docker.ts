/** Images and containers, by the client of a Docker daemon. */
import { Container } from "./container.ts";
import { execute, type Output } from "./command.ts";
import { type Daemon, daemon } from "./daemon.ts";

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

  private constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  /**
   * Uses the daemon that is there or starts one, and removes containers that an earlier run has left behind.
   *
   * @example
   * const docker = await Docker.connect();
   * t.teardown(() => docker.close());
   */
  static async connect(): Promise<Docker> {
    const docker = new Docker(await daemon());
    await docker.#removeOrphans();
    return docker;
  }

  /** Whether the daemon is one of our own: it can pull no image. */
  get isOurs(): boolean {
    return this.#daemon.ours;
  }

  /** Runs the client with the given arguments. */
  execute(...args: string[]): Promise<Output> {
    const [command, ...first] = this.#daemon.client;
    return execute(command, [...first, ...args]);
  }

  /** Runs the client with the given arguments and returns what it printed to standard output. */
  async command(...args: string[]): Promise<string> {
    return (await this.execute(...args)).stdout;
  }

  async hasImage(name: string): Promise<boolean> {
    return (await this.command("image", "ls", "--quiet", name)) !== "";
  }

  /** Builds an image with BuildKit, on the host's network, and returns the log of it. */
  async build({ context, dockerfile, tag, target, buildArguments = {} }: Build): Promise<string> {
    const args = Object.entries(buildArguments).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]);
    if (target) args.push("--target", target);
    const [command, ...first] = this.#daemon.client;
    const { stderr } = await execute("env", [
      "DOCKER_BUILDKIT=1",
      command,
      ...first,
      "build",
      "--progress=plain",
      "--network=host",
      `--file=${dockerfile}`,
      `--tag=${tag}`,
      ...args,
      context,
    ]);
    return stderr;
  }

  /** What `docker image inspect` says of an image, or of a part of it by a Go template. */
  async inspectImage(name: string, template = "{{json .}}"): Promise<unknown> {
    return JSON.parse(await this.command("image", "inspect", "--format", template, name));
  }

  /** Starts a container. */
  async run({ image, options = [], environment = {}, command = [] }: Run): Promise<Container> {
    const variables = Object.entries(environment).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
    const label = `${owner}=${process.pid}`;
    const args = ["--detach", "--label", label, ...options, ...variables, image, ...command];
    const id = await this.command("run", ...args);
    return new Container(this, id.trim());
  }

  /** Ends the daemon if it is one of our own. */
  close(): Promise<void> {
    return this.#daemon.close();
  }

  async #removeOrphans(): Promise<void> {
    const format = `{{.ID}} {{.Label "${owner}"}}`;
    const list = await this.command("ps", "--all", "--filter", `label=${owner}`, "--format", format);
    for (const line of list.split("\n").filter(Boolean)) {
      const [id = "", pid] = line.split(" ");
      if (!isRunning(Number(pid))) await this.command("rm", "--force", id);
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
