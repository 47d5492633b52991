/** Shows that a command finds a fresh assertion for as long as it runs. Can't show that GitHub and Azure take it so. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { type Test, test } from "tap";

/** A GitHub that numbers its assertions; the paths that it was asked for, and the runner with it. */
async function gitHub(t: Test) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const isRight = request.headers.authorization === "Bearer of-the-job";
    asked.push(request.url ?? "");
    response.writeHead(isRight ? 200 : 401).end(JSON.stringify({ value: `assertion-${asked.length}` }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/token?api-version=2.0`;
  const job = {
    ACTIONS_ID_TOKEN_REQUEST_URL: url,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "of-the-job",
    AZURE_CLIENT_ID: "the-identity",
  };
  const script = join(import.meta.dirname, "../deploy/with-assertion.ts");
  const run = (command: string, variables: Readonly<Record<string, string>> = {}) =>
    new Promise<{ status: unknown; output: string; errors: string }>((resolve) => {
      execFile(
        process.execPath,
        [script, "--every", "0.05", "--", "sh", "-c", command],
        { env: { PATH: process.env["PATH"], ...job, ...variables } },
        (error, output, errors) => resolve({ status: error?.code ?? 0, output: output.trim(), errors }),
      );
    });
  return { asked, run };
}

test("a command finds an assertion for Azure in a file, and a newer one later", async (t) => {
  const { asked, run } = await gitHub(t);
  const { status, output } = await run(
    'f=$AZURE_FEDERATED_TOKEN_FILE; first=$(cat "$f"); while [ "$(cat "$f")" = "$first" ]; do sleep 0.02; done; echo "$first"',
  );
  t.equal(status, 0);
  t.equal(output, "assertion-1");
  t.ok(asked.length >= 2);
  t.equal(asked[0], "/token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange");
});

test("its status is the command's", async (t) => {
  t.equal((await (await gitHub(t)).run("exit 7")).status, 7);
});

test("where GitHub gives none, nothing is run", async (t) => {
  const { run } = await gitHub(t);
  const { status, output, errors } = await run("echo ran", { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "of-another" });
  t.equal(status, 1);
  t.equal(output, "");
  t.match(errors, /GitHub gives no assertion: 401/);
});

test("a deployment to another cloud asks for none", async (t) => {
  const { asked, run } = await gitHub(t);
  t.equal((await run('echo "file: $AZURE_FEDERATED_TOKEN_FILE"', { AZURE_CLIENT_ID: "" })).output, "file:");
  t.strictSame(asked, []);
});
