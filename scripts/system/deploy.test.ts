/**
 * Shows that a deployment passes only if the service does, and otherwise goes back to the previous image. It uses
 * Pulumi's real engine and the real service. The program declares nothing: a test can't show what clouds do.
 */
import { execFile, spawn } from "node:child_process";
import { hash } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { findPulumi, serveStandInProviders } from "@sorted/infra-check/engine";
import { type Test, test } from "tap";
import { stringify } from "yaml";

/** The service asks for it, so that each deployment has to send it. */
const key = "of-deployments";

const good = `sha256:${"a".repeat(64)}`;
const better = `sha256:${"b".repeat(64)}`;
const bad = `sha256:${"c".repeat(64)}`;
const missing = `sha256:${"d".repeat(64)}`;

/** A stack with its own settings, deployed each time as from a fresh checkout. */
async function stackOf(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), "deploy-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const program = join(folder, "program");
  cpSync(join(import.meta.dirname, "program"), program, { recursive: true });
  // Not in the program's folder, because Pulumi's runner searches all of it.
  symlinkSync(join(import.meta.dirname, "../node_modules"), join(folder, "node_modules"));

  const service = await startService(t);
  const broken = createServer((_, response) => response.writeHead(500).end()).listen(0, "127.0.0.1");
  await once(broken, "listening");
  t.teardown(() => broken.close());
  const address = broken.address();
  const addresses = {
    [good]: service,
    [better]: service,
    [bad]: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
  };

  const providers = await serveStandInProviders({});
  t.teardown(() => providers.stop());
  // The processes run as a user would run them, not as a part of the test.
  const { NODE_OPTIONS: _, ...others } = process.env;
  const env = {
    ...others,
    ...providers.environment,
    PATH: [dirname(await findPulumi()), process.env["PATH"]].join(delimiter),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    SORTED_API_KEY: key,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  const run = (command: string, words: readonly string[]) =>
    new Promise<{ status: unknown; output: string }>((resolve) => {
      execFile(command, words, { cwd: program, env }, (error, output, errors) =>
        resolve({ status: error?.code ?? 0, output: output + errors }),
      );
    });
  await run("pulumi", ["stack", "init", "test"]);
  return {
    async deploy(settings: Readonly<Record<string, string>>) {
      const config = Object.entries({ ...settings, addresses: JSON.stringify(addresses) });
      const named = Object.fromEntries(config.map(([name, value]) => [`sorted-test:${name}`, value]));
      writeFileSync(join(program, "Pulumi.test.yaml"), stringify({ config: named }));
      return run(process.execPath, [
        join(import.meta.dirname, "../deploy/deploy.ts"),
        program,
        "test",
        "--wait=1",
      ]);
    },
    async runs() {
      return (await run("pulumi", ["stack", "output", "imageUri", "--stack=test"])).output.trim();
    },
  };
}

/** Starts the API on a free port; returns its address. */
async function startService(t: Test): Promise<string> {
  const script = join(import.meta.dirname, "../../packages/api/src/server.ts");
  const service = spawn(process.execPath, [script], {
    env: { PORT: "0", API_KEYS: hash("sha256", key) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.teardown(() => service.kill());
  for await (const line of createInterface(service.stdout)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error("The service ended");
}

test("the life of a service", async (t) => {
  const stack = await stackOf(t);

  t.test("a first deployment that fails has nothing to go back to", async (t) => {
    const { status, output } = await stack.deploy({ built: bad });
    t.equal(status, 1, "its status", { output });
    t.match(output, "There is no image before it to go back to");
  });

  t.test("an image that serves stays", async (t) => {
    const { status, output } = await stack.deploy({ built: good });
    t.equal(status, 0, "its status", { output });
    t.match(output, `serves registry.example/sorted@${good}`);
  });

  t.test("one that does not pass the smoke check goes, and the one before serves again", async (t) => {
    const { status, output } = await stack.deploy({ built: bad });
    t.equal(status, 1);
    t.match(output, `The image before serves again: registry.example/sorted@${good}`);
    t.equal(await stack.runs(), `registry.example/sorted@${good}`);
  });

  t.test("so does it after an update that fails", async (t) => {
    const { status, output } = await stack.deploy({ built: missing });
    t.equal(status, 1);
    t.match(output, /no such image.*pulumi up failed.*The image before serves again/s);
    t.equal(await stack.runs(), `registry.example/sorted@${good}`);
  });

  t.test("the next deployment goes forward", async (t) => {
    const { status, output } = await stack.deploy({ built: better });
    t.equal(status, 0, "its status", { output });
    t.equal(await stack.runs(), `registry.example/sorted@${better}`);
  });

  t.test("an image that was given goes back to the one that was given before", async (t) => {
    const given = (digest: string) => ({ built: missing, imageUri: `elsewhere.example/sorted@${digest}` });
    t.equal((await stack.deploy(given(good))).status, 0);
    t.equal((await stack.deploy(given(bad))).status, 1);
    t.equal(await stack.runs(), `elsewhere.example/sorted@${good}`);
  });
});
