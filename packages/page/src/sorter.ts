import type { SortReply, SortRequest } from "./messages.ts";

declare const WORKER_FILE: string;

/** Whether the worker can take a request: it has none, and has loaded. */
let isFree = true;
let worker = newWorker();

/** Lets the worker sort. It gives up a request that is still running: only the last one counts. */
export function sort(request: SortRequest): Promise<SortReply> {
  if (!isFree) {
    worker.terminate();
    worker = newWorker();
  }
  isFree = false;
  const { promise, resolve } = Promise.withResolvers<SortReply>();
  worker.onmessage = ({ data }: MessageEvent<SortReply>) => {
    isFree = true;
    resolve(data);
  };
  worker.onerror = () =>
    resolve({ kind: "failed", reason: "The page could not load the code that sorts. Try again." });
  worker.postMessage(request, { transfer: [request.body.buffer] });
  return promise;
}

/** Made when the page loads, so that it also sorts without a network. */
function newWorker(): Worker {
  const made = new Worker(new URL(WORKER_FILE, import.meta.url), { type: "module" });
  made.onerror = () => {
    isFree = false;
  };
  return made;
}
