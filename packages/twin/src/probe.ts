/** Tries connections from a host of a network: `node probe.ts`, with the attempts on standard input as JSON. */
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { json, text } from "node:stream/consumers";
import type { IpVersion, Protocol } from "@sorted/infra-check/reachability";
import type { Host } from "@sorted/testbed";

export interface Attempt {
  readonly source: string;
  readonly target: string;
  readonly version: IpVersion;
  readonly protocol: Protocol;
  readonly port: number;
}

/** Long enough for two packets to be sent again. */
const patienceSeconds = 4;

/** What a host says to a packet for a closed port: it came, and so did the answer. */
const REFUSED = "ECONNREFUSED";

/** What a sender is told, if anything, of a packet that came nowhere. */
const notArrived = ["EHOSTUNREACH", "ENETUNREACH", "EACCES", "EPERM", "ETIMEDOUT"];

/** Makes all attempts at once, from a host; says of each whether a packet arrived and its answer came back. */
export async function probe(host: Host, attempts: readonly Attempt[]): Promise<readonly boolean[]> {
  const child = host.start(process.execPath, [import.meta.filename], { stdio: ["pipe", "pipe", "inherit"] });
  if (!child.stdin || !child.stdout) throw new Error("the probe has no pipes");
  child.stdin.end(JSON.stringify(attempts));
  const answers: unknown = JSON.parse(await text(child.stdout));
  if (!Array.isArray(answers)) throw new Error("the probe answered no list");
  return answers.map((answer) => answer === true);
}

function attempt(question: Attempt): Promise<boolean> {
  if (question.protocol === "tcp") return tcp(question);
  return question.protocol === "udp" ? udp(question) : ping(question);
}

async function tcp({ source, target, port }: Attempt): Promise<boolean> {
  const socket = connect({ host: target, port, localAddress: source });
  const patience = setTimeout(() => socket.destroy(codedError("ETIMEDOUT")), patienceSeconds * 1000);
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    return verdict(error);
  } finally {
    clearTimeout(patience);
    socket.destroy();
  }
}

/** Nothing listens, so that a packet that arrives is answered with an error. */
async function udp({ source, target, port, version }: Attempt): Promise<boolean> {
  const socket = createSocket(version === 4 ? "udp4" : "udp6");
  const { promise, reject } = Promise.withResolvers<never>();
  socket.on("error", reject);
  socket.bind(0, source, () => {
    socket.connect(port, target, () => {
      for (let second = 0; second < patienceSeconds; second += 1)
        timers.push(setTimeout(() => socket.send("?", (error) => error && reject(error)), second * 1000));
    });
  });
  const timers = [setTimeout(() => reject(codedError("ETIMEDOUT")), patienceSeconds * 1000)];
  try {
    return await promise;
  } catch (error) {
    return verdict(error);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    socket.close();
  }
}

async function ping({ source, target }: Attempt): Promise<boolean> {
  const child = spawn("ping", ["-n", "-q", "-c", "1", "-W", String(patienceSeconds), "-I", source, target], {
    stdio: "ignore",
  });
  const [status] = await once(child, "exit");
  // 1: no answer. 2: anything else, such as a filter of one's own.
  return status === 0;
}

function codedError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function verdict(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === REFUSED) return true;
  if (notArrived.includes(code)) return false;
  throw error;
}

if (import.meta.main) {
  const attempts: unknown = await json(process.stdin);
  if (!Array.isArray(attempts)) throw new Error("attempts are a list");
  console.log(JSON.stringify(await Promise.all(attempts.map(attempt))));
}
