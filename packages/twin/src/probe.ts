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

/** Long enough to send two packets again. */
const patienceSeconds = 4;

/** A host's error for a packet to a closed port: the packet arrived, and the answer came back. */
const REFUSED = "ECONNREFUSED";

/** The errors that a sender may receive for a packet that did not arrive. */
const notArrived = ["EHOSTUNREACH", "ENETUNREACH", "EACCES", "EPERM", "ETIMEDOUT"];

/** Makes all attempts at once from a host. Tells for each whether a packet arrived and its answer came back. */
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

/** Nothing listens, so a packet that arrives gets an error as its answer. */
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
  // 1: no answer. 2: anything else, such as a filter on the sender.
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
