/** Runs a Pulumi program without a cloud and without an engine, and returns what it declares. */
import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type { RecordedCloud } from "./cloud.ts";
import { withImages } from "./docker-build.ts";
import { type CallAnswer, type RecordedCall, type RecordedResource, RecordingMonitor } from "./monitor.ts";
import type { Properties } from "./value.ts";

export interface Recorded {
  /** In the order of declaration; the stack itself is left out, components are in. */
  readonly resources: readonly RecordedResource[];
  /** The stack's outputs. */
  readonly outputs: Properties;
  /** The data sources that were asked. */
  readonly calls: readonly RecordedCall[];
}

export interface RecordOptions {
  /** What computes and answers in place of the cloud. Default: nothing is computed, and no data source has an answer. */
  readonly cloud?: RecordedCloud;
  /**
   * The stack's configuration, as `pulumi config set` would write it: `aws:region`, or a name without a colon for the
   * project's own. Values that aren't strings become JSON.
   */
  readonly config?: Readonly<Record<string, unknown>>;
  /** With true, as in `pulumi preview` before the first `up`: nothing that a cloud computes is known. Default: false. */
  readonly preview?: boolean;
  /** Default: `sorted`. */
  readonly project?: string;
  /** Default: `test`. */
  readonly stack?: string;
  /** Answers of data sources by token, in addition to those of the cloud or in their place. */
  readonly calls?: Readonly<Record<string, CallAnswer>>;
  /** The program; an object that it returns (a module is one) holds the stack's outputs. */
  readonly run: () => unknown;
}

const NO_CLOUD: RecordedCloud = { outputs: () => ({}), calls: {} };

let turn: Promise<unknown> = Promise.resolve();

/**
 * Records a program. Pulumi's runtime is global, so simultaneous calls take turns.
 *
 * Node evaluates a module once: to record an entry file again, import it under another query string
 * (`import("../index.ts?three-zones")`), or let it export a function.
 *
 * @throws what the program throws; an error that names the data source for which there is no answer
 *
 * @example
 * const { resources } = await recordProgram({
 *   cloud: aws,
 *   config: { "aws:region": "eu-central-1", zones: 3 },
 *   run: () => import("../index.ts?three-zones"),
 * });
 * resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet").length; // 6
 */
export function recordProgram(options: RecordOptions): Promise<Recorded> {
  const recorded = turn.then(() => record(options));
  turn = recorded.catch(() => undefined);
  return recorded;
}

async function record(options: RecordOptions): Promise<Recorded> {
  const { cloud = NO_CLOUD, config = {}, preview = false, project = "sorted", stack = "test" } = options;
  const monitor = new RecordingMonitor(preview, withImages(cloud.outputs), {
    ...cloud.calls,
    ...options.calls,
  });
  await pulumi.runtime.setMocks(monitor.mocks, project, stack, preview);
  pulumi.runtime.setMockOptions(monitor, project, stack, preview);
  pulumi.runtime.setAllConfig(
    Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        key.includes(":") ? key : `${project}:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
  const { fetch } = globalThis;
  globalThis.fetch = cloud.fetch ?? fetch;
  await withPlainStackTraces(async () => {
    await pulumi.runtime.runInPulumiStack(async () => {
      try {
        return await options.run();
      } catch (error) {
        // Pulumi rejects several promises with it, some of which nobody could handle.
        monitor.failures.push(error instanceof Error ? error : new Error(String(error)));
        return undefined;
      }
    });
    await settled(monitor);
  });
  globalThis.fetch = fetch;
  const [failure] = monitor.failures;
  if (failure) throw failure;
  const resources = monitor.recorded.filter(({ parent }) => parent !== undefined);
  return { resources, outputs: monitor.stackOutputs, calls: monitor.calls };
}

/** An `apply` that no output waits for may still declare resources: waits until nothing is under way. */
async function settled(monitor: RecordingMonitor): Promise<void> {
  const quietTurns = 20;
  for (let quiet = 0, before = -1; quiet < quietTurns; quiet += 1) {
    await setImmediate();
    if (monitor.recorded.length !== before) quiet = 0;
    before = monitor.recorded.length;
  }
}

/**
 * Pulumi writes down a whole stack trace for each resource and each promise. Mapping them to TypeScript, as test runners
 * have Node do, would take longer than all the rest; errors that are looked at later are still mapped.
 */
async function withPlainStackTraces(run: () => Promise<void>): Promise<void> {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (error, trace) => [error, ...trace].join("\n    at ");
  try {
    await run();
  } finally {
    Object.assign(Error, { prepareStackTrace });
  }
}
