/** A stack of this program on Pulumi's real engine, with clouds in memory behind it. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  azureFacts,
  type Cloud,
  dockerBuildFacts,
  MemoryCloud,
  Stack,
  type Step,
  serveStandIns,
} from "@sorted/infra-kit/testing/engine";
import type { Test } from "tap";
import { stringify } from "yaml";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/** A cloud in memory that knows the types of Azure. */
export function memoryAzure(): MemoryCloud {
  return new MemoryCloud(azureFacts(import.meta.url));
}

/** What every stack must set. */
const required = {
  "azure-native:location": "westeurope",
  "sorted-azure:sshPublicKey":
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample operator",
};

/** The content of a stack's file, from the program's own settings. */
export function settings(own: Readonly<Record<string, unknown>> = {}): string {
  const config = Object.entries(own).map(([name, value]) => [`sorted-azure:${name}`, value]);
  return stringify({ config: { ...required, ...Object.fromEntries(config) } });
}

/** The content of one of the examples that users copy. */
export function example(name: "try" | "production"): string {
  return readFileSync(`${packageFolder}/Pulumi.${name}.example.yaml`, "utf8");
}

/**
 * Makes a stack in the given cloud. At the end of the test it is forgotten.
 *
 * @param folder where Pulumi.yaml is; by default this package's own
 */
export async function stackOf(
  t: Test,
  cloud: Cloud,
  options: { readonly stack: string; readonly settings: string; readonly folder?: string },
): Promise<Stack> {
  const standIns = await serveStandIns({
    "azure-native": cloud,
    "docker-build": new MemoryCloud(dockerBuildFacts),
  });
  const { environment } = standIns;
  const stack = await Stack.create({ folder: packageFolder, ...options, environment });
  t.teardown(() => {
    stack.forget();
    standIns.stop();
  });
  return stack;
}

/** The steps that concern resources of a cloud, each in a line such as `create network:Subnet sorted`, in order. */
export function inCloud(steps: readonly Step[]): readonly string[] {
  return steps
    .filter(({ type }) => type.startsWith("azure-native:"))
    .map(({ operation, type, name }) => `${operation} ${type.slice("azure-native:".length)} ${name}`)
    .sort();
}
