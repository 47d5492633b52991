/** The page's worker: sorts, reads the answer, and describes its numbers, so that the page never waits. */
import { Answer, findNumbers } from "./answer.ts";
import { excerptOf } from "./body.ts";
import { findFileFault } from "./file-fault.ts";
import { histogram } from "./histogram.ts";
import type { Progress, SortReply, SortRequest } from "./messages.ts";
import { sortInBrowser } from "./sort-in-browser.ts";
import { sortOnServer } from "./sort-on-server.ts";
import { statisticsOf } from "./statistics.ts";

async function replyTo(request: SortRequest): Promise<SortReply> {
  const report = (progress: Progress) => postMessage(progress);
  const fault = await findFileFault(request);
  if (fault !== undefined) return fault;
  const started = performance.now();
  const outcome =
    request.place === "server" ? await sortOnServer(request, report) : await sortInBrowser(request);
  const milliseconds = performance.now() - started;
  if (outcome.kind === "failed") return outcome;
  if (outcome.kind === "problem") {
    const { offset } = outcome.problem;
    return { ...outcome, excerpt: offset === undefined ? undefined : await excerptOf(request.body, offset) };
  }
  const { bytes, numbersRead } = outcome;
  const positions = findNumbers(bytes);
  const list = new Answer(bytes, positions).ascending(
    new URLSearchParams(request.search).get("order") === "desc",
  );
  const described =
    list.count > 0
      ? { histogram: histogram(list), statistics: statisticsOf(bytes, positions) }
      : { histogram: undefined, statistics: undefined };
  return { kind: "sorted", bytes, ...positions, milliseconds, numbersRead, ...described };
}

addEventListener("message", async ({ data }: MessageEvent<SortRequest>) => {
  const reply = await replyTo(data).catch(
    (error): SortReply => ({ kind: "failed", reason: String(error), isOffline: false }),
  );
  const transfer =
    reply.kind === "sorted" ? [reply.bytes.buffer, reply.starts.buffer, reply.ends.buffer] : [];
  postMessage(reply, { transfer });
});
