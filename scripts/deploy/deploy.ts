/**
 * Deploys a stack and lets `pnpm smoke` decide: `node scripts/deploy/deploy.ts FOLDER STACK [--wait SECONDS]`. If the
 * check fails, the stack goes back to the previous image. The check sends the key in SORTED_API_KEY, if there is one. The
 * exit status is 0 only if the new image serves.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Outputs, Stack } from "./stack.ts";

const smokeCheck = join(import.meta.dirname, "../../packages/api/smoke/main.ts");

/** Hosts may have to install the container engine. Apart from that no cloud takes as long as this. */
const firstAnswerSeconds = 15 * 60;

/** Applies the stack's settings, and returns its outputs when it serves. */
function bringUp(stack: Stack, waitSeconds: string): Outputs {
  stack.up();
  const outputs = stack.outputs();
  if (outputs === undefined) throw new Error("the stack has no outputs url and imageUri");
  const { status } = spawnSync(process.execPath, [smokeCheck, outputs.url, "--wait", waitSeconds], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`${outputs.url} does not pass the smoke check`);
  return outputs;
}

/** @returns whether the new image serves */
function deploy(stack: Stack, waitSeconds: string): boolean {
  const before = stack.outputs()?.imageUri;
  try {
    const { url, imageUri } = bringUp(stack, waitSeconds);
    console.log(`\n${url} serves ${imageUri}`);
    return true;
  } catch (error) {
    console.error(`\nThe deployment failed: ${messageOf(error)}`);
  }
  if (before === undefined) {
    console.error("There is no image before it to go back to");
    return false;
  }
  console.error(`Going back to ${before}\n`);
  try {
    stack.setImage(before);
    bringUp(stack, waitSeconds);
    console.error(`\nThe image before serves again: ${before}`);
  } catch (error) {
    console.error(`\nGoing back failed too, the service may be down: ${messageOf(error)}`);
  }
  return false;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { wait: { type: "string", default: String(firstAnswerSeconds) } },
});
const [folder, name, ...others] = positionals;
if (folder === undefined || name === undefined || others.length > 0) {
  console.error("usage: node scripts/deploy/deploy.ts FOLDER STACK [--wait SECONDS]");
  process.exit(2);
}
process.exitCode = deploy(new Stack(folder, name), values.wait) ? 0 : 1;
