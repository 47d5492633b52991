/**
 * Checks a running service at any address: `pnpm smoke URL [--wait SECONDS]`, with the key in SORTED_API_KEY if the
 * service asks for one. Prints a line for each check. The exit status is 0 if all checks pass, 1 if one fails, nobody
 * answers or the key is not right, and 2 if the arguments are wrong.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { checks } from "./checks.ts";
import { type Request, send } from "./send.ts";

const USAGE = `usage: npx pnpm@12 smoke URL [--wait SECONDS]   (SECONDS: how long to wait until the service is ready; default 0)
The environment variable SORTED_API_KEY has the key, if the service asks for one.`;

interface Arguments {
  readonly origin: string;
  readonly waitSeconds: number;
  /** The key to send; undefined for none. */
  readonly key: string | undefined;
}

function readArguments(): Arguments {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { wait: { type: "string", default: "0" } },
  });
  const [address, ...rest] = positionals;
  const waitSeconds = Number(values.wait);
  if (address === undefined || rest.length > 0 || !(waitSeconds >= 0)) throw new Error("pass one URL");
  const { origin, href } = new URL(address.includes("://") ? address : `http://${address}`);
  if (href !== `${origin}/`)
    throw new Error("pass a URL without a path, query or user: the service is at the root");
  // A workflow sets a secret that it does not have to nothing.
  return { origin, waitSeconds, key: process.env["SORTED_API_KEY"] || undefined };
}

/**
 * Waits until the service is ready, or the time is over.
 *
 * @throws the reason if nobody answers
 */
async function waitUntilReady({ origin, waitSeconds }: Arguments): Promise<void> {
  const deadline = Date.now() + waitSeconds * 1000;
  for (;;) {
    const isLastTry = Date.now() >= deadline;
    try {
      const { status } = await send(origin, { method: "GET", path: "/readyz" });
      if (status === 200 || isLastTry) return;
    } catch (error) {
      if (isLastTry) throw error;
    }
    await sleep(1000);
  }
}

async function smoke(parameters: Arguments): Promise<boolean> {
  try {
    await waitUntilReady(parameters);
  } catch (error) {
    const { origin, waitSeconds } = parameters;
    console.error(
      `Nobody answers at ${origin} (${describe(error)}). Start the service, as with npx pnpm@12 start, or wait longer than ${waitSeconds} s with --wait SECONDS.`,
    );
    return false;
  }
  const { origin, key } = parameters;
  if (await refuses(origin, key)) {
    const why = key === undefined ? "needs a key: put one into" : "does not know the key in";
    console.error(`${origin} ${why} the environment variable SORTED_API_KEY`);
    return false;
  }
  let broken = 0;
  for (const { name, run } of checks) {
    try {
      await run((request) => send(origin, withKey(request, key)));
      console.log(`ok      ${name}`);
    } catch (error) {
      broken += 1;
      console.log(`FAILED  ${name}\n        ${describe(error)}`);
    }
  }
  if (key !== undefined && !(await refuses(origin))) {
    console.log("note    it sorts without a key too: it has no API_KEYS");
  }
  if (await hasOpenMetrics(origin)) {
    console.log("note    /metrics answers: everybody who reaches this address can read it");
  }
  console.log(`\n${origin}: ${checks.length - broken} of ${checks.length} checks pass`);
  return broken === 0;
}

/** Whether the service asks for another key, or for any. */
async function refuses(origin: string, key?: string): Promise<boolean> {
  try {
    return (await send(origin, withKey({ method: "GET", path: "/?x=1" }, key))).status === 401;
  } catch {
    return false;
  }
}

function withKey(request: Request, key: string | undefined): Request {
  if (key === undefined) return request;
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${key}` } };
}

/** Whether anybody can read the metrics: good on a machine of one's own, mostly not on the Internet. */
async function hasOpenMetrics(origin: string): Promise<boolean> {
  try {
    return (await send(origin, { method: "GET", path: "/metrics" })).status === 200;
  } catch {
    return false;
  }
}

/** Describes an error in words. Node keeps the reasons of a failed connection in `errors`. */
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
