/** What memory large requests take, and whether it comes back: `pnpm bench memory`. */
import { createReadStream, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { request } from "undici";
import { bodyFile } from "./load-generator.ts";
import { loads } from "./loads.ts";
import { peers } from "./peers.ts";
import { writeSection } from "./performance-page.ts";
import { table } from "./report.ts";
import { Server } from "./server.ts";

const PORT = 4600;

/** After each so many requests the memory is looked at. */
const STEPS = [1, 20, 100, 200];

/** Idle memory is given up after less than that. */
const IDLE_SECONDS = 70;

export async function measureMemory(): Promise<void> {
  const { sorted } = peers;
  const { D: large } = loads;
  if (sorted === undefined || large === undefined) throw new Error("D is missing");
  const file = bodyFile("D", large.make());
  const { size } = statSync(file);
  const bodyMegabytes = size / 1e6;
  const server = new Server(sorted, PORT);
  const rows: string[][] = [];
  try {
    await server.ready();
    await sleep(2000);
    const idle = server.residentMegabytes;
    const row = (title: string, megabytes: number) =>
      rows.push([title, megabytes.toFixed(0), ((megabytes - idle) / bodyMegabytes).toFixed(1)]);
    row("idle, before", idle);
    let sent = 0;
    for (const step of STEPS) {
      for (; sent < step; sent += 1) {
        const { statusCode, body } = await request(`http://127.0.0.1:${server.port}/`, {
          method: "POST",
          headers: { "content-type": "application/json", "content-length": String(size) },
          body: createReadStream(file),
        });
        await body.dump({ limit: Number.POSITIVE_INFINITY });
        if (statusCode !== 200) throw new Error(`answers ${statusCode}`);
      }
      row(`the most in ${step} ${step === 1 ? "request" : "requests"}`, server.peakMegabytes);
    }
    await sleep(IDLE_SECONDS * 1000);
    row(`${IDLE_SECONDS} s after the last`, server.residentMegabytes);
  } finally {
    await server.stop();
  }
  const result = table([["memory", "MB", "above idle, in bodies"], ...rows]);
  console.log(result);
  writeSection(
    "Memory",
    `\`pnpm bench memory\`: the resident memory of the service while a client sends a body of ${bodyMegabytes.toFixed(0)} MB (load D) again and again.

${result}`,
  );
}
