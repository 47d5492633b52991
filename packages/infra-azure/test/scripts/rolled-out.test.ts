/** Shows what is made of what `az` says of a rolling upgrade, by a command in its place. */
import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Test, test } from "tap";
import { rolledOut } from "../../scripts/rolling-upgrade.ts";

/** As soon as can be asked again. */
const soon = { pollSeconds: 0.001, mostSeconds: 0.005 };

const path = process.env["PATH"];
const question =
  "vmss rolling-upgrade get-latest --query runningStatus.code --output tsv --resource-group ServerVM --name sorted";

/**
 * Puts a command in the place of `az`.
 *
 * @param answers what it does each time that it is asked, as shell scripts; the last one for ever
 * @returns the calls so far, each with its words
 */
function az(t: Test, ...answers: readonly string[]): () => readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "az-"));
  const record = join(folder, "calls");
  const cases = answers.map((answer, i) => `${i + 1 < answers.length ? i + 1 : "*"}) ${answer};;`);
  const command = join(folder, "az");
  writeFileSync(
    command,
    `#!/bin/sh\necho "$*" >>"${record}"\ncase $(grep -c . "${record}") in\n${cases.join("\n")}\nesac\n`,
  );
  chmodSync(command, 0o755);
  process.env["PATH"] = [folder, path].join(delimiter);
  t.teardown(() => {
    process.env["PATH"] = path;
    rmSync(folder, { recursive: true });
  });
  return () => (existsSync(record) ? readFileSync(record, "utf8").trimEnd().split("\n") : []);
}

test("waits until the last upgrade is complete", async (t) => {
  const calls = az(t, "echo RollingForward", "echo RollingForward", "echo Completed");
  await rolledOut("ServerVM", "sorted", soon);
  t.strictSame(calls(), Array(3).fill(question));
});

test("a new scale set has had no upgrade, and has its machines", async (t) => {
  const calls = az(t, "echo 'ERROR: (NotFound) There is no rolling upgrade' >&2; exit 3");
  await rolledOut("ServerVM", "sorted");
  t.equal(calls().length, 1);
});

for (const code of ["Cancelled", "Faulted"]) {
  test(`an upgrade that ends as ${code} is an error`, async (t) => {
    az(t, "echo RollingForward", `echo ${code}`);
    await t.rejects(rolledOut("ServerVM", "sorted", soon), {
      message: `The rolling upgrade ended as ${code}`,
    });
  });
}

test("one that goes on for too long is an error", async (t) => {
  az(t, "echo RollingForward");
  await t.rejects(rolledOut("ServerVM", "sorted", soon), { message: /did not end within/ });
});

test("what az refuses is an error, in its words", async (t) => {
  az(t, "echo 'ERROR: (AuthorizationFailed) not you' >&2; exit 1");
  await t.rejects(rolledOut("ServerVM", "sorted", soon), { message: /failed: .*not you/ });
});

/** The script, as a deployment calls it: the source as it is, whose coverage does not add up with that of what tap compiled. */
function run(outputs: object) {
  const script = join(import.meta.dirname, "../../scripts/rolled-out.ts");
  const env = { ...process.env, _TAPJS_PROCESSINFO_COVERAGE_: "0" };
  return new Promise<{ status: unknown; errors: string }>((resolve) => {
    execFile(process.execPath, [script, JSON.stringify(outputs)], { env }, (error, _, errors) =>
      resolve({ status: error?.code ?? 0, errors }),
    );
  });
}

test("the script asks for the scale set among a stack's outputs", async (t) => {
  const calls = az(t, "echo Completed");
  t.equal((await run({ machineGroupName: "ServerVM", scaleSetName: "sorted" })).status, 0);
  t.strictSame(calls(), [question]);
});

test("its status says that the cloud gave up", async (t) => {
  az(t, "echo Faulted");
  const { status, errors } = await run({ machineGroupName: "ServerVM", scaleSetName: "sorted" });
  t.equal(status, 1);
  t.match(errors, "ended as Faulted");
});

test("of a container app there is nothing to wait for", async (t) => {
  const calls = az(t, "echo Faulted");
  t.equal((await run({ machineGroupName: "ServerVM", appName: "sorted" })).status, 0);
  t.strictSame(calls(), []);
});
