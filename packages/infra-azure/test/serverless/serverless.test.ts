/** Shows how the container app is declared. Can't show that Azure runs it. */
import { isProperties, type Properties } from "@sorted/infra-check";
import { azureCallers, translateAzure } from "@sorted/infra-check/azure";
import { test } from "tap";
import { type Configuration, idIn, ofType, one, record } from "../configurations.ts";

/** A part of the app's inputs. */
async function part(of: "configuration" | "template", configuration: Configuration = "serverless") {
  const value = one(await record(configuration), "app:ContainerApp").inputs[of];
  return isProperties(value) ? value : {};
}

test("an environment billed by use alone, in no network, and an app in it", async (t) => {
  const program = await record("serverless");
  t.hasStrict(one(program, "app:ManagedEnvironment").inputs, {
    resourceGroupName: "ServerLB",
    workloadProfiles: [{ name: "Consumption", workloadProfileType: "Consumption" }],
    vnetConfiguration: undefined,
  });
  t.hasStrict(one(program, "app:ContainerApp").inputs, {
    resourceGroupName: "ServerVM",
    environmentId: idIn("ServerLB", "App/managedEnvironments/sorted"),
    workloadProfileName: "Consumption",
  });
  const { networks, hosts, balancers, gateways } = translateAzure(program.resources);
  t.strictSame([...networks, ...hosts, ...balancers, ...gateways], []);
});

test("anyone reaches it by HTTPS, or the given ranges only", async (t) => {
  const program = await record("serverless");
  t.strictSame(azureCallers(program.resources), [
    "HTTP 80: anyone > redirect to HTTPS",
    "HTTPS 443: anyone > app sorted",
  ]);
  t.strictSame(azureCallers((await record("serverlessForSome")).resources), [
    "HTTP 80: 198.51.100.0/24 > redirect to HTTPS",
    "HTTP 80: 203.0.113.0/24 > redirect to HTTPS",
    "HTTPS 443: 198.51.100.0/24 > app sorted",
    "HTTPS 443: 203.0.113.0/24 > app sorted",
  ]);
  t.hasStrict(program.outputs, {
    url: "https://sorted.example-0123456789.westeurope.azurecontainerapps.io",
    ipAddress: "203.0.113.30",
    appName: "sorted",
    scaleSetName: null,
    outboundAddress: null,
    balancerGroupName: "ServerLB",
    machineGroupName: "ServerVM",
  });
});

test("the image is pulled by an identity that may do nothing else, and that the container can't use", async (t) => {
  const identity = idIn("ServerVM", "ManagedIdentity/userAssignedIdentities/sorted-app");
  const program = await record("serverless");
  t.hasStrict(one(program, "app:ContainerApp").inputs["identity"], {
    type: "UserAssigned",
    userAssignedIdentities: [identity],
  });
  t.hasStrict(await part("configuration"), {
    registries: [{ server: "sorted.azurecr.io", identity }],
    identitySettings: [{ identity, lifecycle: "None" }],
  });
  const { dependencies } = one(program, "app:ContainerApp").options;
  t.ok(
    dependencies.some((urn) => urn.includes("RoleAssignment")),
    "which it may before there is an app",
  );
  t.strictSame((await part("configuration", "serverlessForSome"))["registries"], undefined);
});

test("from none to a greatest number of replicas, by requests at a time", async (t) => {
  const scale = async (configuration: Configuration) => (await part("template", configuration))["scale"];
  t.strictSame(await scale("serverless"), {
    minReplicas: 0,
    maxReplicas: 10,
    rules: [{ name: "requests", http: { metadata: { concurrentRequests: "10" } } }],
  });
  t.strictSame(await scale("serverlessForSome"), {
    minReplicas: 2,
    maxReplicas: 30,
    rules: [{ name: "requests", http: { metadata: { concurrentRequests: "40" } } }],
  });
});

async function container(configuration: Configuration): Promise<Properties> {
  const { containers } = await part("template", configuration);
  const [only = {}, ...others] = Array.isArray(containers) ? containers.filter(isProperties) : [];
  if (others.length > 0) throw new Error("There are several containers");
  return only;
}

test("the container: memory with its part of processors, settings, and probes of the application's routes", async (t) => {
  t.hasStrict(await container("serverless"), {
    image: `sorted.azurecr.io/sorted@sha256:${"ab".repeat(32)}`,
    resources: { cpu: 0.5, memory: "1Gi" },
    probes: [
      { type: "Startup", httpGet: { path: "/readyz", port: 3000 } },
      { type: "Liveness", httpGet: { path: "/healthz", port: 3000 } },
      { type: "Readiness", httpGet: { path: "/readyz", port: 3000 } },
    ],
  });
  t.hasStrict(await container("serverlessForSome"), { resources: { cpu: 0.75, memory: "1.5Gi" } });
  const { env } = await container("serverless");
  for (const variable of [
    { name: "PORT", value: "3000" },
    { name: "SHUTDOWN_DELAY_SECONDS", value: "20" },
    { name: "TRUSTED_PROXIES", value: "100.100.0.0/16" },
  ]) {
    t.ok(JSON.stringify(env).includes(JSON.stringify(variable)), variable.name);
  }
});

test("a replica that stops has time for both, what is about to come and what is in flight", async (t) => {
  t.hasStrict(await part("template"), { terminationGracePeriodSeconds: 50 });
});

test("what the environment logs goes to the workspace, without a key of it", async (t) => {
  const program = await record("serverless");
  t.strictSame(one(program, "app:ManagedEnvironment").inputs["appLogsConfiguration"], {
    destination: "azure-monitor",
  });
  t.hasStrict(one(program, "monitor:DiagnosticSetting", "sorted-environment").inputs, {
    resourceUri: idIn("ServerLB", "App/managedEnvironments/sorted"),
    workspaceId: idIn("ServerVM", "OperationalInsights/workspaces/sorted"),
    logs: [{ categoryGroup: "allLogs", enabled: true }],
  });
  t.match(JSON.stringify(one(program, "portal:Dashboard").inputs), /ContainerAppConsoleLogs/);
});

test("alerts: errors, slow answers, and as many replicas as may be", async (t) => {
  const names = async (settings: Record<string, unknown>) =>
    ofType(await record(settings), "monitor:MetricAlert")
      .map(({ name }) => name)
      .toSorted();
  const serverless = { compute: "serverless" };
  t.strictSame(await names(serverless), ["sorted-5xx", "sorted-latency", "sorted-most-replicas"]);
  t.notOk(
    (await names({ ...serverless, warmInstances: 3, instanceLimit: 3 })).includes("sorted-most-replicas"),
  );
});

test("the app knows the keys by their hashes", async (t) => {
  const apiKeyHashes = ["a".repeat(64), "b".repeat(64)];
  const program = await record({ compute: "serverless", apiKeyHashes });
  const { template } = one(program, "app:ContainerApp").inputs;
  t.match(JSON.stringify(template), `{"name":"API_KEYS","value":"${apiKeyHashes.join(",")}"}`);
});

test("clients can't read its metrics, as no ingress looks at paths, until publicMetrics opens them", async (t) => {
  const environmentWith = async (settings: Readonly<Record<string, unknown>>) =>
    JSON.stringify(one(await record({ compute: "serverless", ...settings }), "app:ContainerApp").inputs);
  const off = '{"name":"METRICS","value":"false"}';
  t.ok((await environmentWith({})).includes(off));
  t.notOk((await environmentWith({ publicMetrics: true })).includes(off));
});
