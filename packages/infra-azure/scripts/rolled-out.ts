/**
 * Waits until every machine runs what the last update declared: `node scripts/rolled-out.ts OUTPUTS`, with the stack's
 * outputs as JSON, after `az login`. **Never run against Azure**: no subscription was at hand.
 */
import { rolledOut } from "./rolling-upgrade.ts";

const outputs: { machineGroupName?: string; scaleSetName?: string } = JSON.parse(String(process.argv[2]));
// A container app has none.
if (outputs.machineGroupName && outputs.scaleSetName)
  await rolledOut(outputs.machineGroupName, outputs.scaleSetName);
