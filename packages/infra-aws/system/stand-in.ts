/** A stack of this program on Pulumi's real engine, with clouds in memory behind it. */
import { fileURLToPath } from "node:url";
import { awsFacts } from "@sorted/infra-check/aws";
import { MemoryCloud, programStacks } from "@sorted/infra-check/engine";

export const stacks = programStacks({
  folder: fileURLToPath(new URL("..", import.meta.url)),
  project: "sorted-aws",
  provider: "aws",
  required: { "aws:region": "eu-central-1" },
});

export const { settings, stackOf } = stacks;

/** A cloud in memory that knows the types of AWS. */
export function memoryAws(): MemoryCloud {
  return new MemoryCloud(awsFacts(import.meta.url));
}
