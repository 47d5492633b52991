/**
 * Checks a running service at any address: `pnpm smoke URL [--wait SECONDS]`. Prints a line for each promise that is
 * kept or broken; the exit status is 0 when all are kept, 1 when one is not, 2 when the call is wrong.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { checks } from "./checks.ts";
import { send } from "./send.ts";

const USAGE =
  "usage: pnpm smoke URL [--wait SECONDS]   (how long the service may take to become ready; default 0)";

interface Arguments {
  readonly origin: string;
  readonly waitSeconds: number;
}

function readArguments(): Arguments {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { wait: { type: "string", default: "0" } },
  });
  const [address, ...rest] = positionals;
  const waitSeconds = Number(values.wait);
  if (address === undefined || rest.length > 0 || !(waitSeconds >= 0)) throw new Error("one URL is needed");
  const { origin, href } = new URL(address.includes("://") ? address : `http://${address}`);
  if (href !== `${origin}/`)
    throw new Error("the URL may have no path, query or user: the service is at its root");
  return { origin, waitSeconds };
}

async function untilReady({ origin, waitSeconds }: Arguments): Promise<void> {
  const deadline = Date.now() + waitSeconds * 1000;
  while (Date.now() < deadline) {
    const answer = await send(origin, { method: "GET", path: "/readyz" }).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(1000);
  }
}

async function smoke(parameters: Arguments): Promise<boolean> {
  await untilReady(parameters);
  let broken = 0;
  for (const { name, run } of checks) {
    try {
      await run(parameters.origin);
      console.log(`ok      ${name}`);
    } catch (error) {
      broken += 1;
      console.log(`BROKEN  ${name}\n        ${describe(error)}`);
    }
  }
  console.log(`\n${parameters.origin}: ${checks.length - broken} of ${checks.length} checks hold`);
  return broken === 0;
}

/** Node keeps the reason of a failed connection in `cause` or `errors`. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join("; ");
  return error instanceof Error ? error.message.replaceAll("\n", "\n        ") : String(error);
}

let parameters: Arguments;
try {
  parameters = readArguments();
} catch (error) {
  console.error(`${describe(error)}\n${USAGE}`);
  process.exit(2);
}
process.exitCode = (await smoke(parameters)) ? 0 : 1;
