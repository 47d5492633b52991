/**
 * The program against a real account, for some 0.30 USD an hour: `pnpm e2e:aws REGION IMAGE NEXT_IMAGE --pay`, with
 * both images by digest. **Never run yet**: no account was at hand.
 */
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { runEndToEnd } from "@sorted/infra-kit/testing/e2e";

const [region, image, nextImage, pay] = process.argv.slice(2);
if (!region || !image || !nextImage || image === nextImage || pay !== "--pay") {
  console.error("usage: pnpm e2e:aws REGION IMAGE NEXT_IMAGE --pay (two images by digest; it costs money)");
  process.exit(2);
}

/** A refresh of two instances, each with its boot, warm-up and the time for its last requests. */
const rollOutSeconds = 30 * 60;
const pollSeconds = 15;

await runEndToEnd({
  folder: fileURLToPath(new URL("..", import.meta.url)),
  stack: `e2e-${Date.now()}`,
  settings: { "aws:region": region, "sorted-aws:imageUri": image, "sorted-aws:logRetentionDays": "1" },
  // `up` waits until the balancer finds the instances healthy.
  firstAnswerSeconds: 120,
  next: { "sorted-aws:imageUri": nextImage },
  rolledOut: ({ autoScalingGroup }) => rolledOut(new AutoScaling({ region }), String(autoScalingGroup)),
});

async function rolledOut(autoscaling: AutoScaling, AutoScalingGroupName: string): Promise<void> {
  for (let waited = 0; waited < rollOutSeconds; waited += pollSeconds) {
    const { InstanceRefreshes = [] } = await autoscaling.describeInstanceRefreshes({ AutoScalingGroupName });
    const [latest] = InstanceRefreshes;
    if (latest?.Status === "Successful") return;
    if (latest && /Fail|Cancel|RollbackSuccessful/.test(latest.Status ?? "")) {
      throw new Error(`The instance refresh ended as ${latest.Status}: ${latest.StatusReason}`);
    }
    await setTimeout(pollSeconds * 1000);
  }
  throw new Error(`The instance refresh did not end within ${rollOutSeconds / 60} minutes`);
}
