/** The service at its limit of open files: it starts within it, and connections beyond it harm no others. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { waitFor } from "@sorted/testbed";
import tap from "tap";
import { send } from "../smoke/send.ts";
import { Client } from "../test/client.ts";
import { startServer } from "../test/process.ts";

const REQUEST = "GET /?x=2,1 HTTP/1.1\r\nHost: sorted\r\n\r\n";

/** Sets the limit of a process that runs. */
function limitFiles(pid: number, files: number): void {
  spawnSync("prlimit", ["--pid", `${pid}`, `--nofile=${files}:`]);
}

tap.test("new connections at the limit of open files", async (t) => {
  const { server, port } = await startServer(t);
  const { pid } = server.child;
  if (pid === undefined) throw new Error("there is no process");
  const old = new Client(t, port);
  await old.write(REQUEST);
  await old.receives(/\]\}$/);

  limitFiles(pid, readdirSync(`/proc/${pid}/fd`).length);
  const others = Array.from({ length: 50 }, () => new Client(t, port));
  for (const other of others) await other.write(REQUEST);
  // A number below the limit may be free, so one or another is let in.
  const isOver = async () =>
    others.every(({ socket, received }) => socket.closed || /\]\}$/.test(received)) || undefined;
  await waitFor("the end of the new connections", isOver);
  t.ok(others.filter(({ received }) => received === "").length > 40, "most are closed without an answer");
  old.received = "";
  await old.write(REQUEST);
  t.match(await old.receives(/\]\}$/), /\{"sorted":\[1,2\]\}$/, "those from before are answered");

  limitFiles(pid, 10_000);
  t.equal(
    (await send(`http://127.0.0.1:${port}`, { method: "GET", path: "/?x=2,1" })).body,
    '{"sorted":[1,2]}',
  );
  server.child.kill("SIGTERM");
  await once(server.child, "exit");
  t.equal(server.child.exitCode, 0);
});
