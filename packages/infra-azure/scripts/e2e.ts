/**
 * The program against a real subscription, for some 0.25 USD an hour: `pnpm e2e:azure LOCATION PUBLIC_KEY_FILE IMAGE
 * NEXT_IMAGE --pay`, with both images by digest, after `az login`. **Never run yet**: no subscription was at hand.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runEndToEnd } from "@sorted/infra-check/e2e";

const [location, publicKeyFile, image, nextImage, pay] = process.argv.slice(2);
if (!location || !publicKeyFile || !image || !nextImage || image === nextImage || pay !== "--pay") {
  console.error(
    "usage: pnpm e2e:azure LOCATION PUBLIC_KEY_FILE IMAGE NEXT_IMAGE --pay (two images by digest; it costs money)",
  );
  process.exit(2);
}

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
  // `up` ends when the application on each machine is ready; the load balancer still has to find that.
  firstAnswerSeconds: 5 * 60,
  next: { "sorted-azure:imageUri": nextImage },
});
