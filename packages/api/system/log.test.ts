/** A log that can't be written neither stops the service nor ends it, nor keeps it from ending. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { waitFor } from "@sorted/testbed";
import tap from "tap";
import { send } from "../smoke/send.ts";
import { PATIENT } from "../test/app.ts";
import { startServer } from "../test/process.ts";
import { freePort } from "./free-port.ts";

const SERVER = fileURLToPath(new URL("../src/server.ts", import.meta.url));
/** Each request is a line this long: 128 of them are more than pipes and the service hold. */
const LONG_PATH = `/${"x".repeat(15_000)}`;

/** Asks often, so that no log could hold all the lines, and returns how many lines the metrics say were dropped. */
async function droppedLines(port: number): Promise<number> {
  const origin = `http://127.0.0.1:${port}`;
  const ask = () => send(origin, { method: "GET", path: LONG_PATH });
  for (let i = 0; i < 16; i += 1) await Promise.all(Array.from({ length: 8 }, ask));
  const { body } = await send(origin, { method: "GET", path: "/metrics" });
  return Number(/^sorted_log_lines_dropped_total (\d+)/m.exec(body)?.[1]);
}

/** The primary process has a log too. */
const settings = { WORKERS: "2", LOG_REQUESTS: "true" };

tap.jobs = 3;

tap.test("a pipe that nobody reads", { buffered: true }, async (t) => {
  const { server, port } = await startServer(t, settings);
  server.child.stdout?.pause();
  t.ok((await droppedLines(port)) > 0, "the lines that are lost are counted");
  server.child.kill("SIGTERM");
  t.same(await once(server.child, "exit"), [0, null]);
});

tap.test("a pipe that is closed", { buffered: true }, async (t) => {
  const { server, port } = await startServer(t, settings);
  server.child.stdout?.destroy();
  t.ok((await droppedLines(port)) >= 64);
  server.child.kill("SIGTERM");
  t.equal(await server.exits(), 0);
});

tap.test("a full disk", { buffered: true }, async (t) => {
  const port = await freePort();
  const env = { ...PATIENT, ...settings, PORT: String(port), _TAPJS_PROCESSINFO_COVERAGE_: "0" };
  const server = spawn(process.execPath, [SERVER], {
    env,
    stdio: ["ignore", openSync("/dev/full", "w"), "inherit"],
  });
  t.teardown(() => server.kill("SIGKILL"));
  const isUp = () => send(`http://127.0.0.1:${port}`, { method: "GET", path: "/readyz" });
  await waitFor("an answer", isUp);
  t.ok((await droppedLines(port)) >= 64);
  server.kill("SIGTERM");
  t.same(await once(server, "exit"), [0, null]);
});
