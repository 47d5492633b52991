/** Shows which alarms and graphs are declared. Can't show that they go off. */
import { test } from "tap";
import { ofType, one, record } from "../configurations.ts";

test("alarms: errors of both sides, unhealthy instances, slow answers, refused connections", async (t) => {
  const alarms = ofType(await record({ latencyAlarmMs: 250 }), "cloudwatch/metricAlarm:MetricAlarm");
  const conditions = alarms.map(({ inputs }) => {
    const { metricName, statistic, extendedStatistic, threshold, comparisonOperator } = inputs;
    return [metricName, statistic ?? extendedStatistic, comparisonOperator, threshold];
  });
  t.strictSame(conditions.toSorted(), [
    ["HTTPCode_ELB_5XX_Count", "Sum", "GreaterThanThreshold", 5],
    ["HTTPCode_Target_5XX_Count", "Sum", "GreaterThanThreshold", 5],
    ["RejectedConnectionCount", "Sum", "GreaterThanThreshold", 0],
    ["TargetResponseTime", "p99", "GreaterThanThreshold", 0.25],
    ["UnHealthyHostCount", "Maximum", "GreaterThanThreshold", 0],
  ]);
  for (const { name, inputs } of alarms) {
    t.hasStrict(
      inputs,
      {
        namespace: "AWS/ApplicationELB",
        treatMissingData: "notBreaching",
        dimensions: { LoadBalancer: "app/sorted/0123456789abcdef" },
        alarmActions: undefined,
      },
      name,
    );
  }
});

async function alarmsOf(settings: Readonly<Record<string, unknown>>) {
  const alarms = ofType(await record(settings), "cloudwatch/metricAlarm:MetricAlarm");
  return alarms
    .map(({ inputs: { namespace, metricName, statistic, extendedStatistic, threshold, dimensions } }) => {
      const names = Object.keys(dimensions ?? {}).join(" ");
      return `${namespace} ${names} ${metricName} ${statistic ?? extendedStatistic} > ${threshold}`;
    })
    .toSorted();
}

test("alarms of a function with a URL: errors, refused requests, long ones", async (t) => {
  t.strictSame(await alarmsOf({ compute: "serverless", latencyAlarmMs: 250 }), [
    "AWS/Lambda FunctionName Duration p99 > 250",
    "AWS/Lambda FunctionName Errors Sum > 5",
    "AWS/Lambda FunctionName Throttles Sum > 0",
    "AWS/Lambda FunctionName Url5xxCount Sum > 5",
  ]);
});

test("alarms of a function behind a load balancer: its own, and what clients see", async (t) => {
  t.strictSame(await alarmsOf({ compute: "serverless", endpoint: "loadBalancer", latencyAlarmMs: 250 }), [
    "AWS/ApplicationELB LoadBalancer HTTPCode_ELB_5XX_Count Sum > 5",
    "AWS/ApplicationELB LoadBalancer RejectedConnectionCount Sum > 0",
    "AWS/ApplicationELB LoadBalancer TargetGroup HTTPCode_Target_5XX_Count Sum > 5",
    "AWS/ApplicationELB LoadBalancer TargetGroup TargetResponseTime p99 > 0.25",
    "AWS/Lambda FunctionName Duration p99 > 250",
    "AWS/Lambda FunctionName Errors Sum > 5",
    "AWS/Lambda FunctionName Throttles Sum > 0",
  ]);
});

test("the dashboard of a function shows its address or its load balancer, and itself", async (t) => {
  const titles = async (configuration: "functionUrl" | "balancedFunction") => {
    const { dashboardBody } = one(await record(configuration), "cloudwatch/dashboard:Dashboard").inputs;
    const { widgets } = JSON.parse(String(dashboardBody));
    return widgets.map(({ properties }: { properties: { title: string } }) => properties.title);
  };
  const own = [
    "Calls that failed, or were refused, a minute",
    "Duration (ms)",
    "Instances at work",
    "Last errors in the log",
  ];
  t.strictSame(await titles("functionUrl"), ["Requests a minute, and errors", ...own]);
  t.strictSame(await titles("balancedFunction"), [
    "Requests a minute",
    "Errors a minute",
    "Response time (s)",
    ...own,
  ]);
});

test("alarms are sent to an address, if there is one", async (t) => {
  const program = await record("everything");
  t.hasStrict(one(program, "sns/topicSubscription:TopicSubscription").inputs, {
    protocol: "email",
    endpoint: "operations@example.com",
  });
  const topic = one(program, "sns/topic:Topic").outputs["arn"];
  for (const { inputs } of ofType(program, "cloudwatch/metricAlarm:MetricAlarm")) {
    t.hasStrict(inputs, { alarmActions: [topic], okActions: [topic] });
  }
});

test("the dashboard shows this stack's load balancer, group and log", async (t) => {
  const program = await record("least");
  const { dashboardName, dashboardBody } = one(program, "cloudwatch/dashboard:Dashboard").inputs;
  t.equal(dashboardName, "sorted-test-eu-central-1");
  const { widgets } = JSON.parse(String(dashboardBody));
  t.strictSame(
    widgets.map(({ properties }: { properties: { title: string } }) => properties.title),
    [
      "Requests a minute",
      "Errors a minute",
      "Response time (s)",
      "Instances",
      "Processor (%)",
      "Last errors in the log",
    ],
  );
  t.strictSame(widgets[0].properties.metrics, [
    ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", "app/sorted/0123456789abcdef"],
  ]);
  t.strictSame(widgets[4].properties.metrics, [
    ["AWS/EC2", "CPUUtilization", "AutoScalingGroupName", "sorted"],
  ]);
  t.match(widgets[5].properties.query, /^SOURCE 'sorted' \| /);
  t.match(program.outputs["dashboardUrl"], /eu-central-1.*#dashboards:name=sorted-test-eu-central-1$/);
});

test("the application's log is kept as long as set", async (t) => {
  const logs = one(await record({ logRetentionDays: 90 }), "cloudwatch/logGroup:LogGroup", "sorted");
  t.hasStrict(logs.inputs, { retentionInDays: 90 });
});

test("a budget writes to the same address, early and before the month is over", async (t) => {
  const program = await record({ alarmEmail: "operations@example.com", monthlyBudgetUsd: 500 });
  const email = { subscriberEmailAddresses: ["operations@example.com"] };
  t.hasStrict(one(program, "budgets/budget:Budget").inputs, {
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: "500",
    limitUnit: "USD",
    notifications: [
      { notificationType: "ACTUAL", threshold: 80, thresholdType: "PERCENTAGE", ...email },
      { notificationType: "FORECASTED", threshold: 100, thresholdType: "PERCENTAGE", ...email },
    ],
  });
  t.strictSame(ofType(await record({ alarmEmail: "operations@example.com" }), "budgets/budget:Budget"), []);
});

test("dashboards of two regions, or of a stack with a dot in its name, don't replace each other or fail", async (t) => {
  const names = await Promise.all(
    ["eu-central-1", "us-east-1"].map(async (region) => {
      const program = await record({ "aws:region": region });
      return String(one(program, "cloudwatch/dashboard:Dashboard").inputs["dashboardName"]);
    }),
  );
  t.equal(new Set(names).size, 2);
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
  for (const name of names) t.match(name, /^[A-Za-z0-9_-]+$/);
});
