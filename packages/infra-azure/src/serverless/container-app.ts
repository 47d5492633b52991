/** The application as a container app: Azure runs as many replicas as requests need, and none without. */
import * as app from "@pulumi/azure-native/app/index.js";
import type { app as types } from "@pulumi/azure-native/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import { alivePath, containerPort, healthCheck, readyPath } from "@sorted/infra-kit";
import { type ExistingIdentity, Identity } from "../fleet/managed-identity.ts";
import type { Group } from "../resources/resource-group.ts";

/** Of environments with workload profiles, the one that is billed by use alone. */
const byUse = "Consumption";

/** What an app is made from. */
export interface ContainerServiceArgs {
  /** For what faces clients: the environment, with its address. */
  readonly environmentGroup: Group;
  /** For the app and its identity. */
  readonly group: Group;
  /** The image by digest, for x86_64: Azure runs no other. */
  readonly image: pulumi.Input<string>;
  /** An identity that may pull already, instead of one of its own. */
  readonly identity?: ExistingIdentity | undefined;
  /** The ID of the registry of Azure that the image lies in, if it does. */
  readonly registryId?: pulumi.Input<string> | undefined;
  /** IPv4 ranges that may connect. */
  readonly allowedRanges: readonly string[];
  /** 512 to 8,192, by steps of 512. Half a processor comes with each 1,024. */
  readonly memoryMiB: number;
  readonly environment: Readonly<Record<string, string>>;
  /** How long a replica that stops may go on. */
  readonly stopSeconds: number;
  /** How many replicas are kept started, billed by the second. */
  readonly warmInstances: number;
  readonly instanceLimit: number;
  /** With more requests at a time for each replica, one is added. */
  readonly requestsPerInstance: number;
}

/**
 * An environment in no network of the stack's, and one app in it, reached by HTTPS; port 80 says to go there. Its image is
 * pulled by a managed identity that the container itself can't use.
 */
export class ContainerService extends pulumi.ComponentResource {
  /** The address to send requests to, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** The static address of the environment. */
  readonly ipAddress: pulumi.Output<string>;
  readonly environmentId: pulumi.Output<string>;
  readonly appId: pulumi.Output<string>;
  readonly appName: pulumi.Output<string>;

  readonly #name: string;
  readonly #args: ContainerServiceArgs;

  constructor(name: string, args: ContainerServiceArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:ContainerService", name, {}, options);
    this.#name = name;
    this.#args = args;

    const environment = new app.ManagedEnvironment(
      name,
      {
        resourceGroupName: args.environmentGroup.name,
        workloadProfiles: [{ name: byUse, workloadProfileType: byUse }],
        // By diagnostic settings, which need no key of the workspace.
        appLogsConfiguration: { destination: "azure-monitor" },
      },
      { parent: this },
    );
    const made = this.#app(environment);
    this.url = made.configuration.apply((configuration) => `https://${configuration?.ingress?.fqdn}`);
    this.ipAddress = environment.staticIp;
    this.environmentId = environment.id;
    this.appId = made.id;
    this.appName = made.name;
    this.registerOutputs({ url: this.url });
  }

  #app(environment: app.ManagedEnvironment): app.ContainerApp {
    const { group, registryId, identity: existing } = this.#args;
    const identity =
      registryId === undefined
        ? undefined
        : new Identity(`${this.#name}-app`, { group, registryId, existing }, { parent: this });
    return new app.ContainerApp(
      this.#name,
      {
        resourceGroupName: group.name,
        environmentId: environment.id,
        workloadProfileName: byUse,
        ...(identity && {
          identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
        }),
        configuration: {
          // A new revision takes the requests once it is ready; if it never is, the one before keeps them.
          activeRevisionsMode: "Single",
          ingress: this.#ingress(),
          ...(identity && this.#registry(identity)),
        },
        template: this.#template(),
      },
      { parent: this, dependsOn: identity ? [...identity.ready] : [] },
    );
  }

  #ingress(): types.IngressArgs {
    const { allowedRanges } = this.#args;
    return {
      external: true,
      targetPort: containerPort,
      transport: "http",
      allowInsecure: false,
      // Without any rule everyone may connect; with some, nobody else.
      ipSecurityRestrictions: allowedRanges.includes("0.0.0.0/0")
        ? []
        : allowedRanges.map((ipAddressRange, index) => ({
            name: `clients-${index + 1}`,
            action: "Allow",
            ipAddressRange,
          })),
    };
  }

  #registry(identity: Identity): Pick<types.ConfigurationArgs, "identitySettings" | "registries"> {
    const server = pulumi.output(this.#args.image).apply((image) => image.replace(/\/.*/, ""));
    return {
      registries: [{ server, identity: identity.id }],
      identitySettings: [{ identity: identity.id, lifecycle: "None" }],
    };
  }

  #template(): types.TemplateArgs {
    const { image, memoryMiB, environment, stopSeconds } = this.#args;
    const { warmInstances, instanceLimit, requestsPerInstance } = this.#args;
    return {
      containers: [
        {
          name: this.#name,
          image,
          resources: { cpu: memoryMiB / 2048, memory: `${memoryMiB / 1024}Gi` },
          env: Object.entries(environment).map(([name, value]) => ({ name, value })),
          probes: probes(),
        },
      ],
      scale: {
        minReplicas: warmInstances,
        maxReplicas: instanceLimit,
        rules: [
          { name: "requests", http: { metadata: { concurrentRequests: String(requestsPerInstance) } } },
        ],
      },
      terminationGracePeriodSeconds: stopSeconds,
    };
  }
}

/** At the start every second, so that the first request waits no longer than it must. */
function probes(): types.ContainerAppProbeArgs[] {
  const get = (path: string) => ({ httpGet: { path, port: containerPort } });
  return [
    { type: "Startup", ...get(readyPath), periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 10 },
    { type: "Liveness", ...get(alivePath), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    {
      type: "Readiness",
      ...get(readyPath),
      periodSeconds: healthCheck.intervalSeconds,
      timeoutSeconds: healthCheck.timeoutSeconds,
      failureThreshold: healthCheck.threshold,
    },
  ];
}
