/**
 * Brings an Auto Scaling group to a new model without a gap, and saves the model on the group only when every instance runs
 * it: Auto Scaling does that at the end of an instance refresh that succeeds. One that fails goes back to the model saved,
 * which is the one before. **Never run against AWS**: no account was at hand.
 *
 * The provider's own `instanceRefresh` saves the new model first, so that it would go "back" to the new one.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/34189
 */
import type { AutoScaling, AutoScalingGroup, InstanceRefresh } from "@aws-sdk/client-auto-scaling";
import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { Clock } from "./clock.ts";
import type { Wanted } from "./wanted.ts";

/** AWS, by its own SDK. */
interface Clients {
  readonly autoscaling: AutoScaling;
  readonly elb: ElasticLoadBalancingV2;
}

/** What a roll-out needs beside its goal; tests have less time. */
export interface Surroundings {
  readonly clients: Clients;
  readonly pollSeconds: number;
  /** Tells the user how far it is. */
  readonly tell: (line: string) => void;
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceRefresh.html */
const underWay = new Set(["Pending", "InProgress", "Baking", "Cancelling", "RollbackInProgress"]);
const goingForward = new Set(["Pending", "InProgress", "Baking"]);

/**
 * Does what is still to do, so that it can be called again after any failure or interruption. Where nothing has changed it
 * only looks.
 *
 * @throws {Error} that says why, if the group does not get there; it then has the model of before
 */
export async function rollOut(wanted: Wanted, surroundings: Surroundings): Promise<void> {
  const { clients, tell } = surroundings;
  const { autoScalingGroupName: AutoScalingGroupName, model } = wanted;
  const underWayId = await refreshUnderWay(wanted, surroundings);
  if (!includes(await groupOf(wanted, clients), model)) {
    if (underWayId !== undefined || (await countHealthy(wanted, clients)) > 0) {
      await refresh(underWayId, wanted, surroundings);
    } else {
      // Nothing serves, so there is nothing to keep, and a refresh would wait for health that the old model never had.
      tell("No instance is healthy: the new model is saved at once, and Auto Scaling replaces what fails");
      await clients.autoscaling.updateAutoScalingGroup({ AutoScalingGroupName, ...model });
    }
  }
  await untilHealthy(wanted, surroundings);
}

async function groupOf(
  { autoScalingGroupName }: Wanted,
  { autoscaling }: Clients,
): Promise<AutoScalingGroup> {
  const { AutoScalingGroups = [] } = await autoscaling.describeAutoScalingGroups({
    AutoScalingGroupNames: [autoScalingGroupName],
  });
  const [group] = AutoScalingGroups;
  if (!group) throw new Error(`There is no Auto Scaling group ${autoScalingGroupName}`);
  return group;
}

/** Whether what AWS says has all that is wanted; it adds defaults of its own. */
function includes(said: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return said === wanted;
  if (typeof said !== "object" || said === null) return false;
  const found = new Map<string, unknown>(Object.entries(said));
  return Object.entries(wanted).every(([name, value]) => includes(found.get(name), value));
}

/**
 * The refresh to this model that an update before has begun. One that leads elsewhere is ended first, as AWS runs one at a time.
 *
 * @returns its ID; `undefined` if there is none
 */
async function refreshUnderWay(wanted: Wanted, surroundings: Surroundings): Promise<string | undefined> {
  const { clients, tell } = surroundings;
  const { autoScalingGroupName: AutoScalingGroupName, model } = wanted;
  const { InstanceRefreshes = [] } = await clients.autoscaling.describeInstanceRefreshes({
    AutoScalingGroupName,
  });
  const found = InstanceRefreshes.find(({ Status }) => underWay.has(String(Status)));
  if (!found) return undefined;
  const id = String(found.InstanceRefreshId);
  const goesForward = goingForward.has(String(found.Status));
  if (goesForward && includes(found.DesiredConfiguration, model)) return id;
  tell(`An earlier instance refresh is ${found.Status}: it has to end first`);
  if (goesForward) await clients.autoscaling.cancelInstanceRefresh({ AutoScalingGroupName });
  await watch(id, wanted, surroundings);
  return undefined;
}

/** Waits for the end of a refresh: of the one that is under way, or of a new one. */
async function refresh(
  underWayId: string | undefined,
  wanted: Wanted,
  surroundings: Surroundings,
): Promise<void> {
  const id = underWayId ?? (await startRefresh(wanted, surroundings.clients));
  const { Status, StatusReason } = await watch(id, wanted, surroundings);
  if (Status === "Successful") return;
  const now =
    Status === "RollbackSuccessful"
      ? "All instances run again what they ran before, and new ones will"
      : "Some instances may run the new model; new ones run what they ran before";
  throw new Error(`The instance refresh ended as ${Status}: ${StatusReason}. ${now}`);
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html */
async function startRefresh(
  { autoScalingGroupName: AutoScalingGroupName, model }: Wanted,
  { autoscaling }: Clients,
): Promise<string> {
  const { InstanceRefreshId } = await autoscaling.startInstanceRefresh({
    AutoScalingGroupName,
    Strategy: "Rolling",
    DesiredConfiguration: model,
    Preferences: {
      MinHealthyPercentage: 100,
      MaxHealthyPercentage: 200,
      AutoRollback: true,
      // After an interruption some instances are of the model already.
      SkipMatching: true,
    },
  });
  return String(InstanceRefreshId);
}

/** Waits for the end of one refresh, whatever it is; one that stands still is rolled back. */
async function watch(
  id: string,
  { autoScalingGroupName: AutoScalingGroupName, patienceSeconds }: Wanted,
  { clients, pollSeconds, tell }: Surroundings,
): Promise<InstanceRefresh> {
  const { autoscaling } = clients;
  const clock = new Clock(patienceSeconds, pollSeconds);
  for (let before = ""; ; await clock.wait()) {
    const { InstanceRefreshes = [] } = await autoscaling.describeInstanceRefreshes({
      AutoScalingGroupName,
      InstanceRefreshIds: [id],
    });
    const [found] = InstanceRefreshes;
    if (!found) throw new Error(`The instance refresh ${id} is gone`);
    if (!underWay.has(String(found.Status))) return found;
    const progress = `Instance refresh: ${found.Status}, ${found.PercentageComplete ?? 0} %, ${found.InstancesToUpdate ?? "?"} instances to go`;
    if (progress !== before) {
      tell(progress);
      clock.restart();
      before = progress;
    }
    if (!clock.isOver) continue;
    if (!goingForward.has(String(found.Status))) {
      throw new Error(`The instance refresh is ${found.Status} for ${patienceSeconds} seconds`);
    }
    tell(`Nothing has changed for ${patienceSeconds} seconds: going back`);
    await autoscaling.rollbackInstanceRefresh({ AutoScalingGroupName });
    clock.restart();
  }
}

/** Waits until the load balancer finds enough instances healthy; a failed launch on the way is no matter. */
async function untilHealthy(wanted: Wanted, { clients, pollSeconds, tell }: Surroundings): Promise<void> {
  const { leastHealthy, patienceSeconds } = wanted;
  const clock = new Clock(patienceSeconds, pollSeconds);
  for (let before = -1; ; await clock.wait()) {
    const healthy = await countHealthy(wanted, clients);
    if (healthy >= leastHealthy) return;
    if (healthy !== before) {
      tell(`${healthy} of ${leastHealthy} instances are healthy`);
      clock.restart();
      before = healthy;
    }
    if (clock.isOver) {
      const why = await lastFailure(wanted, clients);
      throw new Error(
        `${healthy} of ${leastHealthy} instances are healthy, and no more for ${patienceSeconds} seconds. ${why}`,
      );
    }
  }
}

async function countHealthy({ targetGroupArn }: Wanted, { elb }: Clients): Promise<number> {
  const { TargetHealthDescriptions = [] } = await elb.describeTargetHealth({
    TargetGroupArn: targetGroupArn,
  });
  return TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State === "healthy").length;
}

async function lastFailure(
  { autoScalingGroupName: AutoScalingGroupName }: Wanted,
  { autoscaling }: Clients,
): Promise<string> {
  const { Activities = [] } = await autoscaling.describeScalingActivities({ AutoScalingGroupName });
  const failed = Activities.find(({ StatusCode }) => StatusCode === "Failed" || StatusCode === "Cancelled");
  return failed
    ? `Auto Scaling says: ${failed.StatusMessage ?? failed.Description}`
    : "Auto Scaling could start them: look at the log group and `cloud-init status --long` on an instance";
}
