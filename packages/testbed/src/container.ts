/** A container that was started. */
import type { Client } from "./client.ts";

export class Container {
  readonly id: string;
  readonly #client: Client;

  constructor(client: Client, id: string) {
    this.#client = client;
    this.id = id;
  }

  /** A part of the output of `docker inspect`, by a Go template such as `{{.State.OOMKilled}}`. */
  async inspect(template: string): Promise<string> {
    return (await this.#client.command("inspect", "--format", template, this.id)).trim();
  }

  /** The container's process, as the host sees it. */
  async pid(): Promise<number> {
    return Number(await this.inspect("{{.State.Pid}}"));
  }

  /** Its output so far, standard output and standard error. */
  async logs(): Promise<string> {
    const { stdout, stderr } = await this.#client.execute(["logs", this.id]);
    return stdout + stderr;
  }

  /** Sends a signal, and does not wait for its effect. */
  async signal(name: "SIGTERM" | "SIGKILL"): Promise<void> {
    await this.#client.command("kill", "--signal", name, this.id);
  }

  /** Waits until it ends by itself, and returns its exit status. */
  async exited(): Promise<number> {
    return Number(await this.#client.command("wait", this.id));
  }

  /** Ends it at once and removes it. */
  async remove(): Promise<void> {
    await this.#client.command("rm", "--force", "--volumes", this.id);
  }
}
