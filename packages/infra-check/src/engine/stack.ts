/** Runs `pulumi` in a program's own folder, as a user would, with a state, a home and settings that are thrown away. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { withoutTestHooks } from "./language-host.ts";
import { findPulumi } from "./pulumi.ts";

/** One change that the engine made or would make. */
export interface Step {
  /** `create`, `update`, `delete`, `create-replacement`, `replace`, `delete-replaced`, `refresh`, … */
  readonly operation: string;
  readonly type: string;
  readonly name: string;
}

/** What a run of `pulumi` did. */
export interface Run {
  readonly succeeded: boolean;
  /** Everything but resources that stay as they are. */
  readonly steps: readonly Step[];
  /** What the user saw. */
  readonly output: string;
}

export interface StackOptions {
  /** The folder with Pulumi.yaml. */
  readonly folder: string;
  readonly stack: string;
  /** The content of `Pulumi.<stack>.yaml`. */
  readonly settings: string;
  /** From {@link serveStandInProviders}. */
  readonly environment: Readonly<Record<string, string>>;
}

const event = z.object({
  resourcePreEvent: z
    .object({ metadata: z.object({ op: z.string(), urn: z.string(), type: z.string() }) })
    .optional(),
});

/** A stack of a program. */
export class Stack {
  readonly #options: StackOptions;
  readonly #pulumi: string;
  /** Holds the state, Pulumi's home, and the stack's settings. */
  readonly #scratch = mkdtempSync(join(tmpdir(), "pulumi-stack-"));

  private constructor(pulumi: string, options: StackOptions) {
    this.#pulumi = pulumi;
    this.#options = options;
  }

  /** Makes the stack: `pulumi stack init`. */
  static async create(options: StackOptions): Promise<Stack> {
    const stack = new Stack(await findPulumi(), options);
    await stack.#initialise();
    return stack;
  }

  async #initialise(): Promise<void> {
    const { folder, stack } = this.#options;
    for (const name of ["home", "state", "project"]) mkdirSync(join(this.#scratch, name));
    const project = join(this.#scratch, "project");
    copyFileSync(join(folder, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
    // Here and not in the folder of the program, where it would write the stack's settings.
    const { code, output } = await this.#call(["stack", "init", stack], project);
    if (code !== 0) throw new Error(output);
    this.configure(this.#options.settings);
  }

  /** Puts other settings in place of the stack's. */
  configure(settings: string): void {
    const initial = join(this.#scratch, "project", `Pulumi.${this.#options.stack}.yaml`);
    const { config } = parse(settings);
    writeFileSync(this.#settingsFile, stringify({ ...parse(readFileSync(initial, "utf8")), config }));
  }

  preview(...options: readonly string[]): Promise<Run> {
    return this.#run(["preview", ...options]);
  }

  up(...options: readonly string[]): Promise<Run> {
    return this.#run(["up", "--yes", "--skip-preview", ...options]);
  }

  refresh(): Promise<Run> {
    return this.#run(["refresh", "--yes", "--skip-preview"]);
  }

  /** With its preview, which is what stops where something is protected: without, the unprotected would go first. */
  destroy(): Promise<Run> {
    return this.#run(["destroy", "--yes"]);
  }

  /** The stack's outputs. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    return JSON.parse(await this.#ask(["stack", "output", "--json"]));
  }

  /** The types of the resources in the state, providers and the stack itself left out. */
  async types(): Promise<readonly string[]> {
    const state = z
      .object({ deployment: z.object({ resources: z.array(z.object({ type: z.string() })).optional() }) })
      .parse(JSON.parse(await this.#ask(["stack", "export"])));
    const types = state.deployment.resources?.map(({ type }) => type) ?? [];
    return types.filter((type) => !type.startsWith("pulumi:"));
  }

  /** Deletes the scratch folder; what is deployed stays in the cloud. */
  forget(): void {
    rmSync(this.#scratch, { recursive: true });
  }

  get #settingsFile(): string {
    return join(this.#scratch, "settings.yaml");
  }

  async #run(command: readonly string[]): Promise<Run> {
    const events = join(this.#scratch, "events.json");
    rmSync(events, { force: true });
    const { code, output } = await this.#call([
      ...command,
      "--stack",
      this.#options.stack,
      "--config-file",
      this.#settingsFile,
      "--event-log",
      events,
    ]);
    const lines = existsSync(events) ? readFileSync(events, "utf8").split("\n").filter(Boolean) : [];
    return { succeeded: code === 0, steps: lines.flatMap(stepsOf), output };
  }

  async #ask(command: readonly string[]): Promise<string> {
    const { code, output, answer } = await this.#call([...command, "--stack", this.#options.stack]);
    if (code !== 0) throw new Error(output);
    return answer;
  }

  async #call(
    command: readonly string[],
    folder = this.#options.folder,
  ): Promise<{ readonly code: number; readonly output: string; readonly answer: string }> {
    const pulumi = spawn(this.#pulumi, [...command, "--non-interactive", "--color", "never"], {
      cwd: folder,
      env: {
        ...withoutTestHooks(process.env),
        ...this.#options.environment,
        // As `pnpm exec` has it: a policy pack runs on the first Node of the PATH.
        PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
        PULUMI_HOME: join(this.#scratch, "home"),
        PULUMI_BACKEND_URL: `file://${join(this.#scratch, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "",
        // As the Automation API does, for --event-log.
        PULUMI_DEBUG_COMMANDS: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [answer, errors, [code]] = await Promise.all([
      text(pulumi.stdout),
      text(pulumi.stderr),
      once(pulumi, "exit"),
    ]);
    return { code: typeof code === "number" ? code : 1, output: answer + errors, answer };
  }
}

function stepsOf(line: string): readonly Step[] {
  const { resourcePreEvent } = event.parse(JSON.parse(line));
  if (!resourcePreEvent || resourcePreEvent.metadata.op === "same") return [];
  const { op, urn, type } = resourcePreEvent.metadata;
  return [{ operation: op, type, name: urn.split("::").at(-1) ?? urn }];
}
