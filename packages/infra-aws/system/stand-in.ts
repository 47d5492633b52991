/** A stack of this program on Pulumi's real engine, with clouds in memory behind it. */
import { fileURLToPath } from "node:url";
import { AutoScalingApi, awsFacts, type GroupStore } from "@sorted/infra-check/aws";
import { type Cloud, MemoryCloud, programStacks } from "@sorted/infra-check/engine";
import type { Test } from "tap";
import { memoryGroups } from "./roll-out/memory.ts";

const program = programStacks({
  folder: fileURLToPath(new URL("..", import.meta.url)),
  project: "sorted-aws",
  provider: "aws",
  required: { "aws:region": "eu-central-1" },
});

export const { settings } = program;

type StackOptions = Parameters<typeof program.stackOf>[2];

/** A cloud in memory that knows the types of AWS, and AWS's API for what a roll-out asks of it. */
export class MemoryAws extends MemoryCloud {
  readonly api = new AutoScalingApi(memoryGroups(this), this.log);

  constructor() {
    super(awsFacts(import.meta.url));
  }
}

export function memoryAws(): MemoryAws {
  return new MemoryAws();
}

export const stacks = {
  ...program,
  stackOf: (t: Test, cloud: MemoryCloud, options: StackOptions) =>
    stackOf(
      t,
      cloud,
      cloud instanceof MemoryAws ? cloud.api : new AutoScalingApi(memoryGroups(cloud)),
      options,
    ),
};

/** A stack whose roll-outs speak to this API. */
export async function stackOf(t: Test, cloud: Cloud, api: AutoScalingApi, options: StackOptions) {
  const { endpoint, stop } = await api.serve();
  t.teardown(stop);
  const commands = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "nobody",
    AWS_SECRET_ACCESS_KEY: "nothing",
  };
  return program.stackOf(t, cloud, { ...options, commands });
}

/** The API in front of a cloud that is not in memory. */
export const rollOutsOf = (store: GroupStore): AutoScalingApi => new AutoScalingApi(store);
