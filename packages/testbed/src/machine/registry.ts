/** A container registry on loopback, with one image in it. */
import type { ChildProcess } from "node:child_process";
import { openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { start, stop } from "../command.ts";
import type { Docker } from "../docker.ts";
import { temporaryFolder } from "../temporary.ts";
import { waitFor } from "../wait.ts";
import { freePort } from "./listen.ts";

export class Registry {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(port: number, process: ChildProcess) {
    this.port = port;
    this.#process = process;
  }

  /** Starts it, empty. */
  static async start(): Promise<Registry> {
    const folder = temporaryFolder();
    const port = await freePort();
    const configuration = join(folder, "config.json");
    writeFileSync(
      configuration,
      JSON.stringify({
        version: 0.1,
        storage: { filesystem: { rootdirectory: join(folder, "data") } },
        http: { addr: `127.0.0.1:${port}` },
      }),
    );
    const log = join(folder, "log");
    const output = openSync(log, "w");
    const process = start("docker-registry", ["serve", configuration], {
      stdio: ["ignore", output, output],
    });
    const registry = new Registry(port, process);
    try {
      await waitFor("the registry", async () => {
        if (process.exitCode !== null) throw new Error(readFileSync(log, "utf8").slice(-2000));
        return (await fetch(`http://127.0.0.1:${port}/v2/`)).ok || undefined;
      });
    } catch (error) {
      await registry.close();
      throw error;
    }
    return registry;
  }

  /**
   * Copies an image from a daemon.
   *
   * @param name The image's name in the registry.
   * @returns Its digest, `sha256:…`.
   */
  async push({ client }: Docker, image: string, name: string): Promise<string> {
    const target = `127.0.0.1:${this.port}/${name}`;
    await client.command("tag", image, target);
    try {
      await client.command("push", "--quiet", target);
      const digests = await client.command(
        "image",
        "inspect",
        "--format",
        '{{join .RepoDigests "\\n"}}',
        target,
      );
      const [digest] = digests.split("\n").filter((each) => each.startsWith(`${target}@`));
      if (!digest) throw new Error(`the registry gave ${image} no digest: ${digests}`);
      return digest.slice(target.length + 1);
    } finally {
      await client.command("rmi", target);
    }
  }

  /** Ends it. */
  close(): Promise<void> {
    return stop(this.#process);
  }
}
