/** Starts moto, an implementation of AWS's APIs that checks much of what AWS checks; `.ci/setup` installs it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { cacheFolder } from "@sorted/infra-check/engine";
import type { Test } from "tap";

/**
 * A server on a free port of loopback, gone at the end of the test.
 *
 * @returns its address
 * @throws if it is not installed, or does not start
 */
export async function startMoto(t: Test): Promise<string> {
  const installed = join(cacheFolder, "tools", "bin", "moto_server");
  const server = spawn(existsSync(installed) ? installed : "moto_server", ["-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const exited = once(server, "exit").catch((error: unknown) => [error]);
  t.teardown(async () => {
    server.kill("SIGKILL");
    await exited;
  });
  const address = new Promise<string>((resolve) => {
    createInterface(server.stderr).on("line", (line) => {
      const [, found] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line) ?? [];
      if (found) resolve(found);
    });
  });
  return Promise.race([
    address,
    exited.then(([why]) => {
      throw new Error(`moto_server ended before it served: ${why}`);
    }),
  ]);
}
