/** Shows that Postman's own programs can use the service: they import its OpenAPI document, and run our collection. */
import { execFile, spawn } from "node:child_process";
import { hash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { type Test, test } from "tap";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const bin = join(import.meta.dirname, "../node_modules/.bin");
const collection = join(root, "docs/sorted.postman_collection.json");

const key = "of-postman";

/** Starts the API on a free port, with keys or without; returns its address. */
async function startService(t: Test, settings: NodeJS.ProcessEnv): Promise<string> {
  const service = spawn(process.execPath, [join(root, "packages/api/src/server.ts")], {
    env: { PORT: "0", ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.teardown(async () => {
    const ended = once(service, "exit");
    service.kill("SIGKILL");
    await ended;
  });
  for await (const line of createInterface(service.stdout)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error("The service ended");
}

/** What a run of newman reports. */
interface Report {
  readonly run: {
    readonly stats: { readonly assertions: { readonly total: number; readonly failed: number } };
    readonly executions: readonly {
      readonly item: { readonly name: string };
      readonly response?: { readonly code: number };
    }[];
  };
}

/** Sends every request of a collection, with the variables that its user would set. The report is put into `folder`. */
async function send(
  folder: string,
  file: string,
  variables: Readonly<Record<string, string>>,
): Promise<Report> {
  const report = join(folder, "report.json");
  const words = ["--reporters=json", `--reporter-json-export=${report}`, "--suppress-exit-code"];
  for (const [name, value] of Object.entries(variables)) words.push("--env-var", `${name}=${value}`);
  await run(join(bin, "newman"), ["run", file, ...words]);
  return JSON.parse(await readFile(report, "utf8"));
}

const answers = ({ run }: Report) =>
  Object.fromEntries(run.executions.map(({ item, response }) => [item.name, response?.code]));

for (const [name, settings, token] of [
  ["without keys", {}, ""],
  ["with keys", { API_KEYS: hash("sha256", key) }, key],
] as const) {
  test(`of a service ${name}, every request of the imported document succeeds as it is`, async (t) => {
    const address = await startService(t, settings);
    const folder = t.testdir({ "openapi.json": await (await fetch(`${address}/openapi.json`)).text() });
    const imported = join(folder, "collection.json");
    await run(join(bin, "openapi2postmanv2"), ["-s", join(folder, "openapi.json"), "-o", imported]);
    const sent = answers(await send(folder, imported, { bearerToken: token }));
    t.ok(Object.keys(sent).length >= 8, "all operations");
    t.same(sent, Object.fromEntries(Object.keys(sent).map((each) => [each, 200])));
  });

  test(`a service ${name} answers our collection as it says`, async (t) => {
    const baseUrl = await startService(t, settings);
    const report = await send(t.testdir(), collection, { baseUrl, apiKey: token });
    t.match(report.run.stats.assertions, { failed: 0 });
    t.equal(report.run.stats.assertions.total, report.run.executions.length);
  });
}
