/**
 * Waits until every instance runs what the last update declared: `node scripts/rolled-out.ts OUTPUTS`, with the stack's
 * outputs as JSON, in the region of AWS_REGION. **Never run against AWS**: no account was at hand.
 */
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { rolledOut } from "./instance-refresh.ts";

const { autoScalingGroup }: { autoScalingGroup?: string } = JSON.parse(String(process.argv[2]));
// A function has none.
if (autoScalingGroup) await rolledOut(new AutoScaling(), autoScalingGroup);
