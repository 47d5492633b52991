/** The smoke check decides on deployments, so it must be right: it must pass the service and fail anything else. */
import { hash } from "node:crypto";
import { createServer } from "node:http";
import { test } from "tap";
import { listeningApp } from "../app.ts";
import { Process } from "../process.ts";

const MAIN = "smoke/main.ts";

test("the service passes", async (t) => {
  const { port } = await listeningApp(t);
  const smoke = new Process(t, MAIN, [`http://127.0.0.1:${port}`]);
  t.equal(await smoke.exits(), 0);
  t.notMatch(smoke.output, /FAILED/);
});

test("with a key in the environment, a service with keys passes", async (t) => {
  const { port } = await listeningApp(t, { API_KEYS: hash("sha256", "of-smoke") });
  const withKey = new Process(t, MAIN, [`127.0.0.1:${port}`], { SORTED_API_KEY: "of-smoke" });
  t.equal(await withKey.exits(), 0);
  t.match(withKey.output, /(\d+) of \1 checks pass/);
  t.notMatch(withKey.output, /of-smoke|without a key/);
  for (const [SORTED_API_KEY, why] of [
    ["", "needs a key: put one into the environment variable SORTED_API_KEY"],
    ["guess", "does not know the key in the environment variable SORTED_API_KEY"],
  ] as const) {
    const smoke = new Process(t, MAIN, [`127.0.0.1:${port}`], { SORTED_API_KEY });
    t.equal(await smoke.exits(), 1);
    t.equal(smoke.output, `http://127.0.0.1:${port} ${why}\n`);
  }
});

test("with a key, it says if the service asks for none", async (t) => {
  const { port } = await listeningApp(t);
  const smoke = new Process(t, MAIN, [`127.0.0.1:${port}`], { SORTED_API_KEY: "of-smoke" });
  t.equal(await smoke.exits(), 0);
  t.match(smoke.output, /^note {4}it sorts without a key too/m);
});

test("it says whether everybody can read the metrics, which is not a failure", async (t) => {
  for (const [METRICS, isOpen] of [
    ["true", true],
    ["false", false],
  ] as const) {
    const { port } = await listeningApp(t, { METRICS });
    const smoke = new Process(t, MAIN, [`http://127.0.0.1:${port}`]);
    t.equal(await smoke.exits(), 0);
    t.equal(/^note {4}\/metrics answers/m.test(smoke.output), isOpen);
  }
});

test("a service that sorts as doubles fails, and it is said where", async (t) => {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const values = body.replaceAll(/"x\d":/g, "");
      const numbers = (values.match(/-?[\d.]+(?:e\d+)?/g) ?? []).map(Number).sort((a, b) => a - b);
      response.setHeader("content-type", "application/json").end(JSON.stringify({ sorted: numbers }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;

  const smoke = new Process(t, MAIN, [`127.0.0.1:${port}`]);
  t.equal(await smoke.exits(), 1);
  t.match(smoke.output, /ok {6}a list in a string/);
  t.match(smoke.output, /FAILED {2}exact to the last digit/);
  t.match(smoke.output, /FAILED {2}equal numbers keep their order/);
});

test("it says once that nobody answers, and what to do", async (t) => {
  const smoke = new Process(t, MAIN, ["http://127.0.0.1:1", "--wait", "1"]);
  t.equal(await smoke.exits(), 1);
  t.match(
    smoke.output,
    /^Nobody answers at http:\/\/127\.0\.0\.1:1 \(.*ECONNREFUSED.*\)\. Start the service/,
  );
  t.equal(smoke.output.trim().split("\n").length, 1, smoke.output);
});

test("a wrong call is told apart from a broken service", async (t) => {
  for (const parameters of [
    [],
    ["a", "b"],
    ["http://127.0.0.1:1", "--wait", "soon"],
    ["http://"],
    ["http://127.0.0.1:1/stage"],
  ]) {
    const smoke = new Process(t, MAIN, parameters);
    t.equal(await smoke.exits(), 2);
    t.match(smoke.output, /usage:/);
  }
});
