/** Clients that make the service hold as much as they can: it stays within its memory, and sorts small bodies of others. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { waitFor } from "@sorted/testbed";
import tap from "tap";
import { send } from "../smoke/send.ts";
import { processMemoryBytes } from "../src/cluster/process-counts.ts";
import { bodyMemoryBytes, memoryLimits } from "../src/load/memory-limits.ts";
import { PATIENT } from "../test/app.ts";
import { Client } from "../test/client.ts";
import { ControlGroup } from "./control-group.ts";
import { freePort } from "./free-port.ts";

const MEBIBYTE = 2 ** 20;
const SERVER = fileURLToPath(new URL("../src/server.ts", import.meta.url));

const head = (line: string, fields: string) => `${line} HTTP/1.1\r\nHost: sorted\r\n${fields}\r\n\r\n`;
const CHUNKED = head("POST /", "Transfer-Encoding: chunked");
const MEGABYTE = " ".repeat(1_000_000);

interface Attack {
  readonly clients: number;
  /** What each client sends, and then it waits. It is never a whole request. */
  readonly message: string;
  /** How many bytes of a body that is. */
  readonly bytes: number;
}

/** @param maxBodyBytes the largest body that the service lets in */
const attacks = (maxBodyBytes: number): { readonly [name: string]: Attack } => ({
  "announced bodies": {
    clients: 20,
    message: head("POST /", `Content-Length: ${maxBodyBytes}`),
    bytes: 0,
  },
  "announced bodies for probes": {
    clients: 20,
    message: head("GET /healthz", `Content-Length: ${maxBodyBytes}`),
    bytes: 0,
  },
  "bodies in chunks of one byte": {
    clients: 44,
    message: CHUNKED + "1\r\n \r\n".repeat(65_000),
    bytes: 65_000,
  },
  "large bodies": { clients: 100, message: `${CHUNKED}f4240\r\n${MEGABYTE}`, bytes: 1_000_000 },
});

/** A process needs 256 MiB: see `WORKERS`. */
const SIZES = [256, 512, 1024];

for (const mebibytes of SIZES) {
  for (const workers of [1, 2].filter((count) => count * 256 <= mebibytes)) {
    tap.test(`${mebibytes} MiB, ${workers} processes`, async (t) => {
      const port = await freePort();
      const group = new ControlGroup(t, `held-${port}`, mebibytes * MEBIBYTE);
      const env = {
        ...PATIENT,
        WORKERS: String(workers),
        PORT: String(port),
        _TAPJS_PROCESSINFO_COVERAGE_: "0",
      };
      const join = 'echo $$ > "$1" && exec "$2" "$3"';
      const server = spawn("sh", ["-c", join, "sh", group.entrance, process.execPath, SERVER], {
        env,
        stdio: ["ignore", "ignore", "inherit"],
      });
      t.teardown(() => server.kill("SIGKILL"));
      const origin = `http://127.0.0.1:${port}`;
      await waitFor("an answer", () => send(origin, { method: "GET", path: "/readyz" }));

      const { maxBodyBytes } = memoryLimits(processMemoryBytes(mebibytes * MEBIBYTE, workers));

      const attackers: { readonly client: Client; readonly bytes: number }[] = [];
      for (const [name, { clients, message, bytes }] of Object.entries(attacks(maxBodyBytes))) {
        const senders = Array.from({ length: clients }, () => new Client(t, port));
        // The service may close a connection before all has left.
        await Promise.all(senders.map((client) => Promise.race([client.write(message), client.closes()])));
        attackers.push(...senders.map((client) => ({ client, bytes })));
        await waitFor("the service to have read or refused them all", async () => {
          const { body } = await send(origin, { method: "GET", path: "/metrics" });
          const heldBytes = Number(/^sorted_memory_admitted_bytes (\d+)/m.exec(body)?.[1]);
          const unanswered = attackers.filter(
            ({ client }) => client.received === "" && !client.socket.closed,
          );
          const sentBytes = unanswered.reduce((sum, { bytes }) => sum + bytes, 0);
          return heldBytes >= bodyMemoryBytes(sentBytes) || undefined;
        });
        const sorted = await send(origin, { method: "POST", path: "/", body: "[2,1]" });
        t.match(sorted, { status: 200, body: '{"sorted":[1,2]}' }, `${name}: small bodies are sorted`);
        const probed = await send(origin, { method: "GET", path: "/healthz" });
        t.equal(probed.status, 200, `${name}: probes are answered`);
        t.comment(`at most ${Math.round(group.peakBytes / MEBIBYTE)} MiB`);
      }
      t.equal(group.killed, 0, "the kernel has ended no process");
    });
  }
}
