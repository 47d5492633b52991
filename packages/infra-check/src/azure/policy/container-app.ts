/** Rules on container apps: who reaches them and how, what they are made from, how they scale. */

import { items, part, type ResourceRule, wrongIf } from "../../policy/rule.ts";
import type { Properties } from "../../recorder/value.ts";

const APP = ["azure-native:app:ContainerApp"];

const containersOf = (props: Properties) => items(part(props["template"])["containers"]);

const https: ResourceRule = {
  name: "app-is-reached-by-https",
  reason: "With allowInsecure an app answers on port 80 as well, where it would only say to go to 443.",
  types: APP,
  violation: ({ props }) =>
    wrongIf(
      part(part(props["configuration"])["ingress"])["allowInsecure"] === true,
      "configuration.ingress.allowInsecure must not be true",
    ),
  passes: [{ props: {} }, { props: { configuration: { ingress: { allowInsecure: false } } } }],
  breaks: [{ props: { configuration: { ingress: { allowInsecure: true } } } }],
};

const login: ResourceRule = {
  name: "app-pulls-by-identity",
  reason: "A password for the registry lies in the app's secrets, and ends working when somebody changes it.",
  types: APP,
  violation: ({ props }) =>
    wrongIf(
      items(part(props["configuration"])["registries"]).some(({ identity }) => !identity),
      "every one of configuration.registries must have an identity",
    ),
  passes: [{ props: {} }, { props: { configuration: { registries: [{ server: "x", identity: "id" }] } } }],
  breaks: [{ props: { configuration: { registries: [{ server: "x", username: "u" }] } } }],
};

const digest: ResourceRule = {
  name: "app-image-is-by-digest",
  reason: "A tag can move: a replica that starts later would run another image than the one before it.",
  types: APP,
  violation: ({ props }) =>
    wrongIf(
      containersOf(props).some(({ image }) => !/@sha256:/.test(String(image))),
      "every image must have @sha256:",
    ),
  passes: [{ props: { template: { containers: [{ image: "x/sorted@sha256:0" }] } } }],
  breaks: [{ props: { template: { containers: [{ image: "x/sorted:latest" }] } } }],
};

const probes: ResourceRule = {
  name: "app-is-asked-by-its-own-route",
  reason: "Without probes a replica counts as ready as soon as its port is open, and as alive for ever.",
  types: APP,
  violation: ({ props }) =>
    wrongIf(
      !containersOf(props).every(({ probes: given }) =>
        ["Liveness", "Readiness"].every((type) =>
          items(given).some((probe) => probe["type"] === type && isRoute(part(probe["httpGet"])["path"])),
        ),
      ),
      "every container must have probes of a route, Liveness and Readiness",
    ),
  passes: [{ props: probed("/healthz", "/readyz") }],
  breaks: [{ props: { template: { containers: [{ image: "x" }] } } }, { props: probed("/", "/readyz") }],
};

const isRoute = (path: unknown) => typeof path === "string" && path !== "/";

function probed(alive: string, ready: string): Properties {
  const probes = [
    { type: "Liveness", httpGet: { path: alive, port: 3000 } },
    { type: "Readiness", httpGet: { path: ready, port: 3000 } },
  ];
  return { template: { containers: [{ image: "x", probes }] } };
}

const memory: ResourceRule = {
  name: "app-memory-fits-its-processors",
  reason:
    "By use Azure has 2 GiB for each processor, in steps of a quarter of one, and refuses any other pair.",
  types: APP,
  violation: ({ props }) =>
    wrongIf(
      !containersOf(props).every(({ resources }) => {
        const { cpu, memory: size } = part(resources);
        return Number(cpu) % 0.25 === 0 && `${Number(cpu) * 2}Gi` === size;
      }),
      "resources.memory must be twice resources.cpu, in Gi",
    ),
  passes: [{ props: { template: { containers: [{ resources: { cpu: 0.75, memory: "1.5Gi" } }] } } }],
  breaks: [
    { props: { template: { containers: [{ resources: { cpu: 0.5, memory: "2Gi" } }] } } },
    { props: { template: { containers: [{ resources: { cpu: 0.3, memory: "0.6Gi" } }] } } },
  ],
};

const limit: ResourceRule = {
  name: "app-has-a-limit",
  reason: "Replicas cost by the second: how many there may be should be decided, and not left to a default.",
  types: APP,
  violation: ({ props }) =>
    wrongIf(
      typeof part(part(props["template"])["scale"])["maxReplicas"] !== "number",
      "template.scale.maxReplicas must be set",
    ),
  passes: [{ props: { template: { scale: { maxReplicas: 10 } } } }],
  breaks: [{ props: {} }],
};

const logs: ResourceRule = {
  name: "environment-holds-no-key",
  reason:
    "The destination log-analytics takes a key of the workspace, which is then in the state of the stack.",
  types: ["azure-native:app:ManagedEnvironment"],
  violation: ({ props }) =>
    wrongIf(
      part(props["appLogsConfiguration"])["destination"] !== "azure-monitor",
      "appLogsConfiguration.destination must be azure-monitor, with diagnostic settings",
    ),
  passes: [{ props: { appLogsConfiguration: { destination: "azure-monitor" } } }],
  breaks: [{ props: {} }, { props: { appLogsConfiguration: { destination: "log-analytics" } } }],
};

export const containerAppRules = [https, login, digest, probes, memory, limit, logs];
