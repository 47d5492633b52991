/** The document holds for programs: one that looks for what it does not say, and clients that are made from it. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import openapiTypescript, { astToString } from "openapi-typescript";
import { test } from "tap";
import { openapi } from "../src/openapi/document.ts";
import { startServer } from "../test/process.ts";

const run = promisify(execFile);

test("schemathesis finds nothing, with all of its checks", async (t) => {
  const { port } = await startServer(t);
  // OpenAPI 3.2 has QUERY; but for that the documents are the same.
  const { "/": index, ...others } = openapi.paths;
  const query = { ...index.post, operationId: "querySort" };
  const document = { ...openapi, openapi: "3.2.0", paths: { "/": { ...index, query }, ...others } };
  const file = join(t.testdir(), "openapi.json");
  writeFileSync(file, JSON.stringify(document));
  const { stdout } = await run("schemathesis", [
    "run",
    file,
    `--url=http://127.0.0.1:${port}`,
    "--checks=all",
    "--seed=1",
    "--max-examples=200",
    "--generation-database=none",
    "--no-color",
  ]).catch(({ stdout }: { stdout: string }) => ({ stdout }));
  t.match(stdout, /No issues found/);
  t.comment(stdout.match(/\d+ generated, \d+ passed/)?.[0] ?? stdout);
});

const CLIENT = `
import createClient from "openapi-fetch";
import type { paths } from "./schema.ts";

const client = createClient<paths>({ baseUrl: process.argv[2] ?? "" });

const { data } = await client.POST("/", {
  params: { query: { order: "desc", limit: 2, numbers: "string" } },
  body: { x1: "[9007199254740993, 9007199254740992]", x2: [1] },
});
const sorted: readonly (number | string)[] | undefined = data?.sorted;

const { error, response } = await client.POST("/", { body: "true" });
const code: string | undefined = error?.code;

// @ts-expect-error There is no such order.
await client.POST("/", { params: { query: { order: "up" } }, body: [1] });

console.log(JSON.stringify({ sorted, code, status: response.status }));
`;

test("a client that is made from the document compiles, and works", async (t) => {
  const { port } = await startServer(t);
  const folder = t.testdir({
    "package.json": '{"type":"module"}',
    "client.ts": CLIENT,
    "schema.ts": astToString(await openapiTypescript(JSON.stringify(openapi))),
    "tsconfig.json": JSON.stringify({
      extends: join(import.meta.dirname, "../../../tsconfig.base.json"),
      compilerOptions: { types: ["node"], lib: ["es2024", "dom"] },
      files: ["client.ts", "schema.ts"],
    }),
  });
  const compiled = await run("tsc", ["-p", folder]).catch(({ stdout }: { stdout: string }) => ({ stdout }));
  t.equal(compiled.stdout, "");
  const { stdout } = await run(process.execPath, [join(folder, "client.ts"), `http://127.0.0.1:${port}`]);
  t.same(JSON.parse(stdout), {
    sorted: ["9007199254740993", "9007199254740992"],
    code: "NOT_A_NUMBER",
    status: 400,
  });
});
