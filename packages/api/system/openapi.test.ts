/** Programs can rely on the document: one searches for what it does not describe, and clients are generated from it. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClient } from "@hey-api/openapi-ts";
import { test } from "tap";
import { openapi } from "../src/openapi/document.ts";
import { formOptions } from "../src/openapi/sort-operations.ts";
import { startServer } from "../test/process.ts";
import { PrefixProxy } from "./prefix-proxy.ts";

const run = promisify(execFile);

test("schemathesis finds nothing, with all of its checks", async (t) => {
  const { port } = await startServer(t);
  // OpenAPI 3.2 has QUERY. Apart from that, the documents are the same.
  const { "/": index, ...others } = openapi.paths;
  // The type of a body decides which options it may have: the service refuses a wrong pair, though each part is valid.
  // Schemathesis knows how to write these three types.
  const {
    "application/json": json,
    "text/plain": text,
    "text/csv": csv,
  } = index.post.requestBody?.content ?? {};
  const post = {
    ...index.post,
    parameters: index.post.parameters?.filter((parameter) => !formOptions.includes(parameter)),
    requestBody: {
      required: true,
      content: { "application/json": json, "text/plain": text, "text/csv": csv },
    },
  };
  const query = { ...post, operationId: "querySort" };
  const document = { ...openapi, openapi: "3.2.0", paths: { "/": { ...index, post, query }, ...others } };
  const folder = t.testdir({ "openapi.json": JSON.stringify(document) });
  const { stdout } = await run(
    "schemathesis",
    [
      "run",
      "openapi.json",
      `--url=http://127.0.0.1:${port}`,
      "--checks=all",
      "--seed=1",
      "--max-examples=200",
      "--generation-database=none",
      "--no-color",
    ],
    { cwd: folder },
  ).catch(({ stdout }: { stdout: string }) => ({ stdout }));
  t.match(stdout, /No issues found/);
  t.comment(stdout.match(/\d+ generated, \d+ passed/)?.[0] ?? stdout);
});

test("behind a proxy that strips a path, each address in the document leads to the service", async (t) => {
  const { port } = await startServer(t, { TRUSTED_PROXIES: "loopback" });
  const proxy = new PrefixProxy(port);
  t.teardown(() => proxy.close());
  const document = new URL("openapi.json", await proxy.listen());
  const { servers }: { servers: { url: string }[] } = JSON.parse(await (await fetch(document)).text());
  t.equal(servers.length, 2);
  for (const { url } of servers) {
    const address = new URL(url, document).href.replace(/\/?$/, "/?x=2,1");
    t.equal(await (await fetch(address)).text(), '{"sorted":[1,2]}', url);
  }
});

const PROGRAM = `
import { client } from "./client/client.gen.js";
import { sortNumbers } from "./client/sdk.gen.js";

client.setConfig({ baseUrl: process.argv[2] ?? "" });

const { data } = await sortNumbers({
  query: { order: "desc", limit: 2, numbers: "string" },
  body: { x1: "[9007199254740993, 9007199254740992]", x2: [1] },
});
const sorted = typeof data === "object" ? data.sorted : [];

const { error, response } = await sortNumbers({ body: "true" });
const code: string | undefined = error?.code;

// @ts-expect-error There is no such order.
await sortNumbers({ query: { order: "up" }, body: [1] });

console.log(JSON.stringify({ sorted, code, status: response?.status }));
`;

test("a client that is made from the document compiles, and works", async (t) => {
  const { port } = await startServer(t);
  const folder = t.testdir({
    "package.json": '{"type":"module"}',
    "program.ts": PROGRAM,
    "openapi.json": JSON.stringify(openapi),
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        strict: true,
        target: "es2024",
        module: "nodenext",
        types: ["node"],
        outDir: "compiled",
      },
      files: ["program.ts"],
    }),
  });
  await createClient({
    input: join(folder, "openapi.json"),
    output: join(folder, "client"),
    logs: { level: "silent", file: false },
  });
  const compiled = await run("tsc", ["-p", folder]).catch(({ stdout }: { stdout: string }) => ({ stdout }));
  t.equal(compiled.stdout, "");
  const program = join(folder, "compiled/program.js");
  const { stdout } = await run(process.execPath, [program, `http://127.0.0.1:${port}`]);
  t.same(JSON.parse(stdout), {
    sorted: ["9007199254740993", "9007199254740992"],
    code: "NOT_A_NUMBER",
    status: 400,
  });
});
