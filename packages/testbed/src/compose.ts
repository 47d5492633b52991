/** A project of Docker Compose. */
import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Docker } from "./docker.ts";
import { substituteImages } from "./substitute-images.ts";
import { temporaryFolder } from "./temporary.ts";

/** The input of `docker compose`. */
export interface ComposeOptions {
  /** The project's file. */
  readonly file: string;
  /** The differences from it, in the form of a second file. */
  readonly override: object;
  readonly project: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export class Compose {
  readonly #docker: Docker;
  readonly #options: ComposeOptions;
  readonly #folder = temporaryFolder();

  constructor(docker: Docker, options: ComposeOptions) {
    this.#docker = docker;
    this.#options = options;
    writeFileSync(this.#override, JSON.stringify(options.override));
  }

  /** Runs `docker compose` with the given arguments and returns what it printed to standard output. */
  async command(...args: string[]): Promise<string> {
    const { file, project, environment = {} } = this.#options;
    const command = await this.#client();
    const all = [...command, "--project-name", project, "--file", file, "--file", this.#override, ...args];
    return (await this.#docker.client.execute(all, environment)).stdout;
  }

  /** Removes the project's containers and networks. */
  async close(): Promise<void> {
    await this.command("down", "--timeout=0");
    rmSync(this.#folder, { recursive: true });
  }

  get #override(): string {
    return join(this.#folder, "override.json");
  }

  /** A daemon of our own may have no plugin next to it, so Compose runs in a container. */
  async #client(): Promise<string[]> {
    if (!this.#docker.isOurs) return ["compose"];
    const { file, environment = {} } = this.#options;
    const folders = [dirname(file), this.#folder].map((folder) => `--volume=${folder}:${folder}:ro`);
    const variables = Object.keys(environment).map((name) => `--env=${name}`);
    const socket = `--volume=${this.#docker.socket}:/var/run/docker.sock`;
    const { compose } = await substituteImages(this.#docker);
    return ["run", "--rm", "--network=none", socket, ...folders, ...variables, compose];
  }
}
