/** Shows which logs, alerts and graphs are declared. Can't show that lines arrive or that alerts go off. */
import { test } from "tap";
import { configurations, idIn, ofType, one, record } from "../configurations.ts";

type Program = Awaited<ReturnType<typeof record>>;

const workspaceId = idIn("ServerVM", "OperationalInsights/workspaces/sorted");

/** The conditions of all alerts, by their names. */
function conditions(program: Program) {
  return Object.fromEntries(
    ofType(program, "monitor:MetricAlert").map(({ name, inputs }) => {
      const { allOf } = inputs["criteria"] as { allOf: readonly Record<string, unknown>[] };
      const [{ metricName, timeAggregation, operator, threshold } = {}] = allOf;
      return [name, [metricName, timeAggregation, operator, threshold]];
    }),
  );
}

test("the application's log is kept in a workspace as long as set", async (t) => {
  const program = await record({ logRetentionDays: 90 });
  t.hasStrict(one(program, "operationalinsights:Workspace").inputs, {
    sku: { name: "PerGB2018" },
    retentionInDays: 90,
  });
  t.hasStrict(one(program, "monitor:DataCollectionRule").inputs, {
    kind: "Linux",
    dataSources: { syslog: [{ streams: ["Microsoft-Syslog"], facilityNames: ["local0"] }] },
    destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: workspaceId }] },
    dataFlows: [{ streams: ["Microsoft-Syslog"], destinations: ["workspace"] }],
  });
});

test("the scale set's agent goes by that rule, as an identity that it has", async (t) => {
  const program = await record("least");
  const scaleSet = one(program, "compute:VirtualMachineScaleSet");
  t.hasStrict(one(program, "monitor:DataCollectionRuleAssociation").inputs, {
    resourceUri: scaleSet.id,
    dataCollectionRuleId: idIn("ServerVM", "Insights/dataCollectionRules/sorted"),
  });
  t.match(
    JSON.stringify(scaleSet.inputs),
    `"identifier-name":"mi_res_id","identifier-value":"${idIn("ServerVM", "ManagedIdentity/userAssignedIdentities/sorted-machines")}"`,
  );
});

test("what balancer, scale set and security groups measure and log goes to the workspace too", async (t) => {
  for (const [configuration, ingress] of [
    ["least", "loadBalancers"],
    ["applicationGateway", "applicationGateways"],
  ] as const) {
    const settings = ofType(await record(configuration), "monitor:DiagnosticSetting");
    t.ok(settings.every(({ inputs }) => inputs["workspaceId"] === workspaceId));
    t.strictSame(
      settings
        .map(({ inputs: { resourceUri, logs, metrics } }) => [
          resourceUri,
          logs !== undefined,
          metrics !== undefined,
        ])
        .toSorted(),
      [
        [idIn("ServerLB", `Network/${ingress}/sorted`), true, true],
        [idIn("ServerVM", "Compute/virtualMachineScaleSets/sorted"), false, true],
        [idIn("ServerLB", "Network/networkSecurityGroups/sorted-balancer"), true, false],
        [idIn("ServerVM", "Network/networkSecurityGroups/sorted-machines"), true, false],
      ].toSorted(),
      configuration,
    );
  }
});

test("what the firewall refuses is logged, and with logRequests each request", async (t) => {
  const logsWith = async (settings: Readonly<Record<string, unknown>>) =>
    one(
      await record({ ...configurations.applicationGateway, ...settings }),
      "monitor:DiagnosticSetting",
      "sorted-ingress",
    ).inputs["logs"];
  const firewall = { category: "ApplicationGatewayFirewallLog", enabled: true };
  t.strictSame(await logsWith({}), [firewall]);
  t.strictSame(await logsWith({ logRequests: true }), [
    firewall,
    { category: "ApplicationGatewayAccessLog", enabled: true },
  ]);
});

test("alerts: machines that fail their probe, a balancer that is down, busy machines, as many as allowed", async (t) => {
  t.strictSame(conditions(await record({ maxInstances: 6, vmSize: "Standard_D2als_v6" })), {
    "sorted-cpu": ["Percentage CPU", "Average", "GreaterThan", 85],
    "sorted-most-machines": ["ObservedCapacity", "Average", "GreaterThanOrEqual", 6],
    "sorted-unhealthy": ["DipAvailability", "Average", "LessThan", 90],
    "sorted-unavailable": ["VipAvailability", "Average", "LessThan", 90],
  });
});

test("a gateway knows of requests: alerts also on errors and slow answers", async (t) => {
  const settings = { ...configurations.applicationGateway, latencyAlarmMs: 250 };
  t.strictSame(conditions(await record(settings)), {
    "sorted-cpu": ["Percentage CPU", "Average", "GreaterThan", 25.5],
    "sorted-most-machines": ["ObservedCapacity", "Average", "GreaterThanOrEqual", 4],
    "sorted-unhealthy": ["UnhealthyHostCount", "Average", "GreaterThan", 0.5],
    "sorted-5xx": ["ResponseStatus", "Total", "GreaterThan", 15],
    "sorted-latency": ["ApplicationGatewayTotalTime", "Average", "GreaterThan", 250],
  });
  t.hasStrict(one(await record(settings), "monitor:MetricAlert", "sorted-5xx").inputs, {
    criteria: {
      allOf: [{ dimensions: [{ name: "HttpStatusGroup", operator: "Include", values: ["5xx"] }] }],
    },
  });
});

test("machines that Azure slows down to 30 % count as busy below that: they never show more", async (t) => {
  t.hasStrict(conditions(await record("least")), {
    "sorted-cpu": ["Percentage CPU", "Average", "GreaterThan", 25.5],
  });
});

test("where no machine may be added, there is no alert on that", async (t) => {
  t.notOk("sorted-most-machines" in conditions(await record({ minInstances: 2, maxInstances: 2 })));
});

test("alerts are sent to an address, if there is one", async (t) => {
  const program = await record("everything");
  const group = one(program, "monitor:ActionGroup");
  t.hasStrict(group.inputs, {
    location: "global",
    emailReceivers: [{ emailAddress: "operations@example.com" }],
  });
  for (const { inputs } of ofType(program, "monitor:MetricAlert")) {
    t.hasStrict(inputs, { location: "global", actions: [{ actionGroupId: group.id }] });
  }
  for (const { inputs } of ofType(await record("least"), "monitor:MetricAlert")) {
    t.strictSame(inputs["actions"], []);
  }
});

/** The titles of the dashboard's parts, in order. */
function titles(program: Program): readonly string[] {
  const text = JSON.stringify(one(program, "portal:Dashboard").inputs);
  return [...text.matchAll(/"title":"([^"]+)"|"name":"PartTitle","value":"([^"]+)"/g)].map(
    ([, graph, query]) => graph ?? query ?? "",
  );
}

test("the dashboard shows this stack's way in, machines and log", async (t) => {
  const program = await record("least");
  t.strictSame(titles(program), [
    "Connections",
    "Health of machines and balancer (%)",
    "Machines",
    "Processor (%)",
    "Last errors in the log",
  ]);
  t.strictSame(titles(await record("applicationGateway")), [
    "Requests, and those that failed",
    "Time to answer (ms)",
    "Healthy and unhealthy machines",
    "Machines",
    "Processor (%)",
    "Last errors in the log",
  ]);
  const text = JSON.stringify(one(program, "portal:Dashboard").inputs);
  for (const shown of [idIn("ServerLB", "Network/loadBalancers/sorted"), workspaceId]) t.match(text, shown);
  t.match(
    program.outputs["dashboardUrl"],
    /^https:\/\/portal\.azure\.com\/#@\/dashboard\/arm\/subscriptions\//,
  );
});
