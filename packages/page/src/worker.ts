/** The page's worker: sorts, reads the answer and counts the bars of its picture, so that the page never waits. */
import { Answer, findNumbers } from "./answer.ts";
import { histogram } from "./histogram.ts";
import type { SortReply, SortRequest } from "./messages.ts";
import { sortInBrowser } from "./sort-in-browser.ts";
import { sortOnServer } from "./sort-on-server.ts";

async function replyTo(request: SortRequest): Promise<SortReply> {
  const started = performance.now();
  const outcome = request.place === "server" ? await sortOnServer(request) : sortInBrowser(request);
  const milliseconds = performance.now() - started;
  if (outcome.kind !== "answered") return outcome;
  const { bytes, numbersRead } = outcome;
  const positions = findNumbers(bytes);
  const list = new Answer(bytes, positions).ascending(
    new URLSearchParams(request.search).get("order") === "desc",
  );
  const picture = list.count > 0 ? histogram(list) : undefined;
  return { kind: "sorted", bytes, ...positions, milliseconds, numbersRead, histogram: picture };
}

addEventListener("message", async ({ data }: MessageEvent<SortRequest>) => {
  const reply = await replyTo(data).catch((error): SortReply => ({ kind: "failed", reason: String(error) }));
  const transfer =
    reply.kind === "sorted" ? [reply.bytes.buffer, reply.starts.buffer, reply.ends.buffer] : [];
  postMessage(reply, { transfer });
});
