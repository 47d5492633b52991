/**
 * A program against a real account, which costs money: up, smoke, a new image under load, destroy. Uses Pulumi's
 * Automation API, and the credentials and the backend that `pulumi` itself would use; of a stack with keys, the key in
 * SORTED_API_KEY.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";

export interface EndToEnd {
  /** The folder of the program. */
  readonly folder: string;
  readonly stack: string;
  /** Settings with their namespace, such as `aws:region`. */
  readonly settings: Readonly<Record<string, string>>;
  /** How long the first answer may take after `up` has ended. */
  readonly firstAnswerSeconds: number;
  /** What a second `up` changes: another image. */
  readonly next: Readonly<Record<string, string>>;
}

/** How many clients send at the same time while instances are replaced. */
const clients = 4;

/**
 * @throws for the first step that fails, after everything was destroyed; if destroying fails too, its error says so and
 * the stack must be destroyed by hand
 */
export async function runEndToEnd(options: EndToEnd): Promise<void> {
  const { stack: stackName, folder, settings, firstAnswerSeconds, next } = options;
  const stack = await LocalWorkspace.createStack({ stackName, workDir: folder });
  try {
    await configure(stack, settings);
    await stack.up({ onOutput: print });
    const outputs = await valuesOf(stack);
    const url = String(outputs["url"]);
    smoke(url, firstAnswerSeconds);

    const load = startLoad(url);
    try {
      await configure(stack, next);
      await stack.up({ onOutput: print });
    } finally {
      await load.stop();
    }
    console.log(`${load.answered} answers while the image was replaced, ${load.failures.length} failures`);
    if (load.answered === 0) throw new Error("Nothing was answered");
    if (load.failures.length > 0) throw new Error(load.failures.slice(0, 10).join("\n"));
    smoke(url);
  } finally {
    await stack.destroy({ onOutput: print });
    await stack.workspace.removeStack(stackName);
  }
}

async function configure(stack: Stack, settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) await stack.setConfig(name, { value });
}

async function valuesOf(stack: Stack): Promise<Readonly<Record<string, unknown>>> {
  return Object.fromEntries(Object.entries(await stack.outputs()).map(([name, { value }]) => [name, value]));
}

function smoke(url: string, waitSeconds = 0): void {
  const main = fileURLToPath(new URL("../../api/smoke/main.ts", import.meta.url));
  execFileSync(process.execPath, [main, url, "--wait", String(waitSeconds)], { stdio: "inherit" });
}

function print(text: string): void {
  process.stdout.write(text);
}

/** Sends small requests, one after another from each client, until it is stopped. */
function startLoad(url: string) {
  const failures: string[] = [];
  const load = { answered: 0, failures, stop };
  const key = process.env["SORTED_API_KEY"];
  const headers = { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) };
  let going = true;
  const loops = Array.from({ length: clients }, async () => {
    while (going) {
      try {
        const response = await fetch(url, {
          method: "POST",
          headers,
          body: '{"x1":"[3, 1]","x2":"2"}',
          signal: AbortSignal.timeout(30_000),
        });
        const answer = await response.text();
        if (answer === '{"sorted":[1,2,3]}') load.answered += 1;
        else failures.push(`${response.status}: ${answer.slice(0, 200)}`);
      } catch (error) {
        failures.push(String(error));
      }
    }
  });
  async function stop(): Promise<void> {
    going = false;
    await Promise.all(loops);
  }
  return load;
}
