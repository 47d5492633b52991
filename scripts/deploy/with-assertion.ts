/**
 * Runs a command that acts in Azure for longer than an assertion of GitHub's is good for, which is minutes:
 * `node scripts/deploy/with-assertion.ts [--every SECONDS] -- COMMAND`. What the command starts finds in the file
 * `AZURE_FEDERATED_TOKEN_FILE` an assertion that is never older than that. It uses a workflow's variables
 * ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN. Without AZURE_CLIENT_ID it only runs the command.
 *
 * @see https://github.com/Azure/azure-cli/issues/28708
 * @see https://docs.github.com/actions/reference/security/oidc
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "./json.ts";

/** Whom Microsoft Entra takes it from. */
const audience = "api://AzureADTokenExchange";

/** Writes a new assertion, which is there as a whole or not at all. */
async function renew(file: string): Promise<void> {
  const url = new URL(environment("ACTIONS_ID_TOKEN_REQUEST_URL"));
  url.searchParams.set("audience", audience);
  const authorization = `Bearer ${environment("ACTIONS_ID_TOKEN_REQUEST_TOKEN")}`;
  const response = await fetch(url, { headers: { authorization } });
  if (!response.ok) throw new Error(`GitHub gives no assertion: ${response.status} ${await response.text()}`);
  const assertion = parse(await response.text())["value"];
  if (typeof assertion !== "string") throw new Error("GitHub's answer has no assertion in it");
  writeFileSync(`${file}.new`, assertion, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the job needs the permission id-token: write`);
  return value;
}

/** @returns the command's exit status */
async function run([command = "", ...words]: readonly string[], everySeconds: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "assertion-"));
  const file = join(folder, "assertion");
  const isWanted = Boolean(process.env["AZURE_CLIENT_ID"]);
  try {
    if (isWanted) await renew(file);
    const env = isWanted ? { ...process.env, AZURE_FEDERATED_TOKEN_FILE: file } : process.env;
    const child = spawn(command, words, { stdio: "inherit", env });
    // The one before may still do when GitHub has no answer once.
    const timer = setInterval(
      () => isWanted && renew(file).catch((error: unknown) => console.error(String(error))),
      everySeconds * 1000,
    );
    const [status] = await once(child, "exit");
    clearInterval(timer);
    return typeof status === "number" ? status : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: "string", default: "60" } },
});
if (positionals.length === 0) {
  console.error("usage: node scripts/deploy/with-assertion.ts [--every SECONDS] -- COMMAND");
  process.exit(2);
}
process.exitCode = await run(positionals, Number(values.every));
