/** A stack of this program on Pulumi's real engine, with clouds in memory behind it. */
import { fileURLToPath } from "node:url";
import { azureFacts } from "@sorted/infra-check/azure";
import { MemoryCloud, programStacks } from "@sorted/infra-check/engine";

export const stacks = programStacks({
  folder: fileURLToPath(new URL("..", import.meta.url)),
  project: "sorted-azure",
  provider: "azure-native",
  required: {
    "azure-native:location": "westeurope",
    "sorted-azure:sshPublicKey":
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample operator",
  },
});

export const { settings, stackOf } = stacks;

/** A cloud in memory that knows the types of Azure. */
export function memoryAzure(): MemoryCloud {
  return new MemoryCloud(azureFacts(import.meta.url));
}
