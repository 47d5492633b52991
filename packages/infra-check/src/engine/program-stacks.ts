/** Stacks of one program on Pulumi's real engine, with stand-in providers for its clouds. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { stringify } from "yaml";
import type { Cloud } from "./cloud.ts";
import { commandCloud } from "./command.ts";
import { dockerBuildFacts } from "./docker-build.ts";
import { MemoryCloud } from "./memory-cloud.ts";
import { serveStandInProviders } from "./server.ts";
import { Stack, type Step } from "./stack.ts";

/** What a program is called, and what it needs. */
export interface Program {
  /** Where its Pulumi.yaml is. */
  readonly folder: string;
  /** Where it runs from, with a Pulumi.yaml too, if not there. */
  readonly entry?: string;
  /** The namespace of its own settings. */
  readonly project: string;
  /** The package of its cloud's provider. */
  readonly provider: string;
  /** What every stack must set, with the namespaces. */
  readonly required: Readonly<Record<string, unknown>>;
}

type Settings = Readonly<Record<string, unknown>>;

/**
 * How checks of a program make its stacks.
 *
 * @example
 * const { settings, stackOf } = programStacks({ folder, project: "sorted-aws", provider: "aws", required });
 * const stack = await stackOf(t, new MemoryCloud(facts), { stack: "try", settings: settings() });
 */
export function programStacks({ folder: own, entry = own, project, provider, required }: Program) {
  return {
    /** The content of a stack's file, from the program's own settings. */
    settings(settings: Settings = {}): string {
      const config = Object.entries(settings).map(([name, value]) => [`${project}:${name}`, value]);
      return stringify({ config: { ...required, ...Object.fromEntries(config) } });
    },

    /** The content of one of the examples that users copy. */
    example(name: "try" | "production"): string {
      return readFileSync(join(own, `Pulumi.${name}.example.yaml`), "utf8");
    },

    /**
     * Makes a stack in the given cloud. At the end of the test it is forgotten.
     *
     * @param options `folder` is where Pulumi.yaml is; by default the program's own. `commands` is the environment of
     * commands that the program runs.
     */
    async stackOf(
      t: Test,
      cloud: Cloud,
      options: {
        readonly stack: string;
        readonly settings: string;
        readonly folder?: string;
        readonly commands?: Readonly<Record<string, string>>;
      },
    ): Promise<Stack> {
      const providers = await serveStandInProviders({
        [provider]: cloud,
        command: commandCloud(own, options.commands),
        "docker-build": new MemoryCloud(dockerBuildFacts),
      });
      const { environment } = providers;
      const stack = await Stack.create({ folder: entry, ...options, environment });
      t.teardown(() => {
        stack.forget();
        providers.stop();
      });
      return stack;
    },

    /** The steps that concern resources of the cloud, each in a line such as `create ec2/vpc:Vpc sorted`, in order. */
    inCloud(steps: readonly Step[]): readonly string[] {
      const prefix = `${provider}:`;
      return steps
        .filter(({ type }) => type.startsWith(prefix))
        .map(({ operation, type, name }) => `${operation} ${type.slice(prefix.length)} ${name}`)
        .sort();
    },
  };
}
