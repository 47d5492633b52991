/**
 * Shows what a roll-out asks of AWS, in which order, and what it makes of the answers. A local server stands in for AWS's
 * API, and AWS's own SDK speaks to it. Can't show that AWS answers so.
 */
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AutoScalingApi, answered, formModel, members, type Tree } from "@sorted/infra-check/aws";
import { type Test, test } from "tap";
import { rollOut } from "../../roll-out/roll-out.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** A model with a version of the launch template. */
const version = (Version: string) => ({ LaunchTemplate: { LaunchTemplateId: "lt-1", Version } });

/** A group with two healthy instances of version 1, and AWS's API before it. */
async function started(t: Test, { healthy = [2], failed }: { healthy?: number[]; failed?: string } = {}) {
  let model: Tree = version("1");
  const store = {
    async answer(form: URLSearchParams): Promise<string> {
      const action = String(form.get("Action"));
      switch (action) {
        case "DescribeAutoScalingGroups":
          return answered(action, {
            AutoScalingGroups: members([{ AutoScalingGroupName: "sorted", ...model }]),
          });
        case "UpdateAutoScalingGroup":
          model = formModel(form);
          return answered(action, {});
        case "DescribeTargetHealth": {
          // One number after the other, the last for ever.
          const [count = 0] = healthy.length > 1 ? healthy.splice(0, 1) : healthy;
          const target = { TargetHealth: { State: "healthy" } };
          const other = { TargetHealth: { State: "unhealthy" } };
          return answered(action, {
            TargetHealthDescriptions: members([other, ...Array.from({ length: count }, () => target)]),
          });
        }
        case "DescribeScalingActivities": {
          const activities = failed ? [{ StatusCode: "Failed", StatusMessage: failed }] : [];
          return answered(action, { Activities: members([{ StatusCode: "Successful" }, ...activities]) });
        }
        default:
          throw new Error(`InvalidAction: ${action}`);
      }
    },
    async save(_: string, saved: Tree): Promise<void> {
      model = saved;
    },
  };
  const api = new AutoScalingApi(store);
  const { endpoint, stop } = await api.serve();
  t.teardown(stop);
  const settings = { endpoint, region: "eu-central-1", credentials };
  const clients = { autoscaling: new AutoScaling(settings), elb: new ElasticLoadBalancingV2(settings) };
  const told: string[] = [];
  const to = (wanted: ReturnType<typeof version> | object, leastHealthy = 2) =>
    rollOut(
      {
        region: "eu-central-1",
        autoScalingGroupName: "sorted",
        targetGroupArn: "arn:aws:elasticloadbalancing:::targetgroup/sorted",
        model: wanted,
        leastHealthy,
        patienceSeconds: 0.03,
      },
      { clients, pollSeconds: 0.01, tell: (line) => told.push(line) },
    );
  return { api, to, told, saved: () => model };
}

test("the group's model is saved only when every instance runs it", async (t) => {
  const { api, to, saved } = await started(t);
  api.courses.set("2", ["InProgress", "Successful"]);
  await to(version("2"));
  t.strictSame(api.log, ["StartInstanceRefresh 2", "InProgress", "Successful", "saved 2"]);
  t.strictSame(saved(), version("2"));
});

test("a refresh that fails leaves the model of before, and says why", async (t) => {
  const { api, to, saved } = await started(t);
  api.courses.set("2", ["InProgress", "RollbackInProgress", "RollbackSuccessful"]);
  await t.rejects(to(version("2")), {
    message:
      "The instance refresh ended as RollbackSuccessful: as it was told. All instances run again what they ran before, and new ones will",
  });
  t.strictSame(saved(), version("1"));
});

for (const status of ["Failed", "Cancelled", "RollbackFailed"]) {
  test(`a refresh that ends as ${status} is an error`, async (t) => {
    const { api, to, saved } = await started(t);
    api.courses.set("2", ["InProgress", status]);
    await t.rejects(to(version("2")), {
      message: new RegExp(`^The instance refresh ended as ${status}: as it was`),
    });
    t.strictSame(saved(), version("1"));
  });
}

test("the next roll-out tries again, and one that is done only looks", async (t) => {
  const { api, to, saved } = await started(t);
  api.courses.set("2", ["RollbackSuccessful"]);
  await t.rejects(to(version("2")));
  api.courses.delete("2");
  await to(version("2"));
  t.strictSame(saved(), version("2"));
  const before = api.log.length;
  await to(version("2"));
  t.equal(api.log.length, before);
});

test("yesterday's failure is not today's, and a refresh that can't start is an error", async (t) => {
  const { api, to } = await started(t);
  api.courses.set("2", ["Failed"]);
  await t.rejects(to(version("2")));
  await t.resolves(to(version("1")), "the group has this model: the failure before is no matter");
  api.refreshes.unshift({
    id: "other",
    group: "sorted",
    model: version("9"),
    status: "Cancelling",
    coming: [],
  });
  await t.rejects(to(version("3")), { message: /^The instance refresh is Cancelling for/ });
});

test("one that stands still is rolled back", async (t) => {
  const { api, to, saved } = await started(t);
  api.courses.set("2", ["InProgress"]);
  await t.rejects(to(version("2")), { message: /^The instance refresh ended as RollbackSuccessful/ });
  t.ok(api.log.includes("RollbackInstanceRefresh"));
  t.strictSame(saved(), version("1"));
});

test("after an interruption it takes up the refresh that goes on", async (t) => {
  const { api, to, saved } = await started(t);
  const going = {
    id: "going",
    group: "sorted",
    model: version("2"),
    status: "InProgress",
    coming: ["Successful"],
  };
  api.refreshes.unshift(going);
  await to(version("2"));
  t.strictSame(api.log, ["Successful", "saved 2"]);
  t.strictSame(saved(), version("2"));
});

test("a refresh to something else is cancelled first", async (t) => {
  const { api, to, saved } = await started(t);
  api.refreshes.unshift({
    id: "old",
    group: "sorted",
    model: version("2"),
    status: "InProgress",
    coming: [],
  });
  await to(version("3"));
  t.strictSame(api.log, [
    "CancelInstanceRefresh",
    "Cancelling",
    "Cancelled",
    "StartInstanceRefresh 3",
    "Successful",
    "saved 3",
  ]);
  t.strictSame(saved(), version("3"));
});

test("where nothing is healthy there is nothing to keep: the model is saved, and the group heals itself", async (t) => {
  const { api, to, saved } = await started(t, { healthy: [0, 0, 1, 2] });
  await to(version("2"));
  t.strictSame(api.log, ["UpdateAutoScalingGroup 2"]);
  t.strictSame(saved(), version("2"));
});

test("the first roll-out waits for enough healthy instances, whatever failed on the way", async (t) => {
  const { api, to, told } = await started(t, { healthy: [0, 1, 2], failed: "no spot capacity" });
  await to(version("1"));
  t.strictSame(api.log, []);
  t.strictSame(told, ["0 of 2 instances are healthy", "1 of 2 instances are healthy"]);
});

test("too few healthy instances are an error, with what Auto Scaling says", async (t) => {
  const { to } = await started(t, { healthy: [1], failed: "no spot capacity" });
  await t.rejects(to(version("1")), {
    message:
      /^1 of 2 instances are healthy, and no more for 0\.03 seconds\. Auto Scaling says: no spot capacity$/,
  });
});

test("more instances than the least are no matter: scaling may have added some", async (t) => {
  const { to } = await started(t, { healthy: [4] });
  await t.resolves(to(version("1"), 3));
});

test("spot: the policy with its types is the model, whatever AWS adds to it", async (t) => {
  const { api, to, saved } = await started(t);
  const policy = {
    MixedInstancesPolicy: {
      InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0 },
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateId: "lt-1", Version: "2" },
        Overrides: [{ InstanceType: "t4g.small" }, { InstanceType: "c7g.medium" }],
      },
    },
  };
  await to(policy);
  t.match(saved(), {
    MixedInstancesPolicy: {
      LaunchTemplate: { Overrides: { member: { 2: { InstanceType: "c7g.medium" } } } },
    },
  });
  const before = api.log.length;
  await to(policy);
  t.equal(api.log.length, before, "it is there already");
});
