import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const folder = mkdtempSync(join(tmpdir(), "sorted-bench-"));
const script = join(folder, "post.lua");
writeFileSync(
  script,
  `local file = io.open(os.getenv("BODY"), "rb")
   wrk.method = "POST"
   wrk.body = file:read("*a")
   wrk.headers["Content-Type"] = "application/json"`,
);

/** Saves a body for the load generator, and returns the path. */
export function bodyFile(name: string, body: string): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, body);
  return file;
}

export interface Volley {
  readonly port: number;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
}

/**
 * Sends requests with wrk, from the second core, as fast as they are answered.
 *
 * @returns requests per second
 * @throws if an answer is not 2xx
 */
export async function requestsPerSecond({ port, body, connections, seconds }: Volley): Promise<number> {
  const flags = ["-t1", `-c${connections}`, `-d${seconds}`, "--timeout", "60s", "-s", script];
  const { stdout } = await promisify(execFile)(
    "taskset",
    ["--cpu-list", "1", "wrk", ...flags, `http://127.0.0.1:${port}/`],
    { env: { ...process.env, BODY: body } },
  );
  if (stdout.includes("Non-2xx")) throw new Error(`port ${port} refuses the body: ${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
}
