/**
 * Clients that send one request after the other, and wait after a 503 as long as it says. They run in a separate
 * process on the second core: `node clients.ts PORT BODY CLIENTS SECONDS`. It prints the results as JSON.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

export interface Outcome {
  /** Answers with 200 per second. */
  readonly rate: number;
  /** The median and the 99th percentile of their latency, in milliseconds. */
  readonly median: number;
  readonly p99: number;
  /** Answers with 503. */
  readonly refused: number;
  /** All other answers. */
  readonly failed: number;
}

/** Starts such clients, and waits for the results. */
export async function runClients(
  port: number,
  body: string,
  clients: number,
  seconds: number,
): Promise<Outcome> {
  const parameters = [port, body, clients, seconds].map(String);
  const child = spawn("taskset", ["--cpu-list", "1", process.execPath, import.meta.filename, ...parameters], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(await text(child.stdout));
}

async function main(port: number, body: Buffer, clients: number, seconds: number): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true });
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  let refused = 0;
  let failed = 0;

  const post = () =>
    new Promise<{ status: number; retryAfter: number }>((resolve, reject) => {
      const headers = { "content-type": "application/json", "content-length": body.length };
      const outgoing = request({ port, host: "127.0.0.1", method: "POST", agent, headers }, (response) => {
        const retryAfter = Number(response.headers["retry-after"] ?? 0);
        response.resume().on("end", () => resolve({ status: response.statusCode ?? 0, retryAfter }));
        response.on("error", reject);
      });
      outgoing.on("error", reject).end(body);
    });

  async function client(): Promise<void> {
    while (performance.now() < end) {
      const start = performance.now();
      const answer = await post().catch(() => undefined);
      if (answer?.status === 200) times.push(performance.now() - start);
      else if (answer?.status === 503) {
        refused += 1;
        // A client that would come back too late does not count.
        if (performance.now() + answer.retryAfter * 1000 >= end) return;
        await sleep(answer.retryAfter * 1000);
      } else failed += 1;
    }
  }
  const start = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const took = performance.now() - start;
  agent.destroy();
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { rate: (times.length / took) * 1000, median: quantile(0.5), p99: quantile(0.99), refused, failed };
}

if (import.meta.main) {
  const [port, file = "", clients, seconds] = process.argv.slice(2);
  console.log(JSON.stringify(await main(Number(port), readFileSync(file), Number(clients), Number(seconds))));
}
