/** The rolling upgrade that replaces machines after an update. **Never run against Azure**: no subscription was at hand. */
import { spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";

/** Enough for an upgrade of two machines, each with its boot and the five minutes that Azure announces a deletion before. */
const patience = { pollSeconds: 20, mostSeconds: 60 * 60 } as const;

/**
 * Pulumi does not wait for the rolling upgrade that an update starts.
 *
 * @throws if Azure gave up, or takes too long
 */
export async function rolledOut(
  group: string,
  scaleSet: string,
  { pollSeconds, mostSeconds }: { readonly pollSeconds: number; readonly mostSeconds: number } = patience,
): Promise<void> {
  for (let waited = 0; waited < mostSeconds; waited += pollSeconds) {
    const status = upgradeOf(group, scaleSet);
    if (status === undefined || status === "Completed") return;
    if (/Cancelled|Faulted/.test(status)) throw new Error(`The rolling upgrade ended as ${status}`);
    await setTimeout(pollSeconds * 1000);
  }
  throw new Error(`The rolling upgrade did not end within ${mostSeconds / 60} minutes`);
}

/** How the last upgrade goes; `undefined` where there was none, as in a new scale set. */
function upgradeOf(group: string, scaleSet: string): string | undefined {
  const question = [
    "vmss",
    "rolling-upgrade",
    "get-latest",
    "--query",
    "runningStatus.code",
    "--output",
    "tsv",
  ];
  const words = [...question, "--resource-group", group, "--name", scaleSet];
  const { status, stdout, stderr } = spawnSync("az", words, { encoding: "utf8" });
  if (status === 0) return stdout.trim();
  if (/NotFound/.test(stderr)) return undefined;
  throw new Error(`az vmss rolling-upgrade get-latest failed: ${stderr}`);
}
