/**
 * The program against a real account, for some 0.30 USD an hour: `pnpm e2e:aws REGION IMAGE NEXT_IMAGE --pay`, with
 * both images by digest. **Never run yet**: no account was at hand.
 */
import { fileURLToPath } from "node:url";
import { runEndToEnd } from "@sorted/infra-check/e2e";

const [region, image, nextImage, pay] = process.argv.slice(2);
if (!region || !image || !nextImage || image === nextImage || pay !== "--pay") {
  console.error("usage: pnpm e2e:aws REGION IMAGE NEXT_IMAGE --pay (two images by digest; it costs money)");
  process.exit(2);
}

await runEndToEnd({
  folder: fileURLToPath(new URL("..", import.meta.url)),
  stack: `e2e-${Date.now()}`,
  settings: { "aws:region": region, "sorted-aws:imageUri": image, "sorted-aws:logRetentionDays": "1" },
  // `up` waits until the load balancer finds the instances healthy, and until a new image is rolled out.
  firstAnswerSeconds: 120,
  next: { "sorted-aws:imageUri": nextImage },
});
