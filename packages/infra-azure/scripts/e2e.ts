/**
 * The program against a real subscription, for some 0.25 USD an hour: `pnpm e2e:azure LOCATION PUBLIC_KEY_FILE IMAGE
 * NEXT_IMAGE --pay`, with both images by digest, after `az login`. **Never run yet**: no subscription was at hand.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runEndToEnd } from "@sorted/infra-kit/testing/e2e";

const [location, publicKeyFile, image, nextImage, pay] = process.argv.slice(2);
if (!location || !publicKeyFile || !image || !nextImage || image === nextImage || pay !== "--pay") {
  console.error(
    "usage: pnpm e2e:azure LOCATION PUBLIC_KEY_FILE IMAGE NEXT_IMAGE --pay (two images by digest; it costs money)",
  );
  process.exit(2);
}

/** An upgrade of two machines, each with its boot and the five minutes that Azure announces a deletion before. */
const rollOutSeconds = 60 * 60;
const pollSeconds = 20;

const stack = `e2e-${Date.now()}`;

await runEndToEnd({
  folder: fileURLToPath(new URL("..", import.meta.url)),
  stack,
  settings: {
    "azure-native:location": location,
    "sorted-azure:sshPublicKey": readFileSync(publicKeyFile, "utf8").trim(),
    "sorted-azure:imageUri": image,
    "sorted-azure:balancerGroup": `ServerLB-${stack}`,
    "sorted-azure:machineGroup": `ServerVM-${stack}`,
  },
  // `up` ends when the machines have started; they then install Docker and pull the image.
  firstAnswerSeconds: 15 * 60,
  next: { "sorted-azure:imageUri": nextImage },
  rolledOut: ({ machineGroupName, scaleSetName }) =>
    rolledOut(String(machineGroupName), String(scaleSetName)),
});

/** The stack is new: its scale set has had no upgrade before this one. */
async function rolledOut(group: string, scaleSet: string): Promise<void> {
  for (let waited = 0; waited < rollOutSeconds; waited += pollSeconds) {
    const status = upgradeOf(group, scaleSet);
    if (status === "Completed") return;
    if (/Cancelled|Faulted/.test(status)) throw new Error(`The rolling upgrade ended as ${status}`);
    await setTimeout(pollSeconds * 1000);
  }
  throw new Error(`The rolling upgrade did not end within ${rollOutSeconds / 60} minutes`);
}

function upgradeOf(group: string, scaleSet: string): string {
  const words = [
    "--resource-group",
    group,
    "--name",
    scaleSet,
    "--query",
    "runningStatus.code",
    "--output",
    "tsv",
  ];
  return execFileSync("az", ["vmss", "rolling-upgrade", "get-latest", ...words], { encoding: "utf8" }).trim();
}
