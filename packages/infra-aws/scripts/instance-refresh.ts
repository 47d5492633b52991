/** The instance refresh that replaces instances after an update. **Never run against AWS**: no account was at hand. */
import { setTimeout } from "node:timers/promises";
import type { AutoScaling } from "@aws-sdk/client-auto-scaling";

/** Enough for a refresh of two instances, each with its boot, warm-up and the time for its last requests. */
const patience = { pollSeconds: 15, mostSeconds: 30 * 60 } as const;

/**
 * Pulumi does not wait for the instance refresh that an update starts.
 *
 * @throws if Auto Scaling gave up, or takes too long
 */
export async function rolledOut(
  autoscaling: AutoScaling,
  AutoScalingGroupName: string,
  { pollSeconds, mostSeconds }: { readonly pollSeconds: number; readonly mostSeconds: number } = patience,
): Promise<void> {
  for (let waited = 0; waited < mostSeconds; waited += pollSeconds) {
    const { InstanceRefreshes } = await autoscaling.describeInstanceRefreshes({ AutoScalingGroupName });
    const latest = InstanceRefreshes?.[0];
    // A new group has its first instances when the update ends, and no refresh.
    if (latest === undefined || latest.Status === "Successful") return;
    if (/Fail|Cancel|RollbackSuccessful/.test(String(latest.Status))) {
      throw new Error(`The instance refresh ended as ${latest.Status}: ${latest.StatusReason}`);
    }
    await setTimeout(pollSeconds * 1000);
  }
  throw new Error(`The instance refresh did not end within ${mostSeconds / 60} minutes`);
}
