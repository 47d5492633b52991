import type { SortReply, SortRequest } from "./messages.ts";

declare const WORKER_FILE: string;

let worker = newWorker();
let isBusy = false;

/** Lets the worker sort. A request that is still under way is given up: only the last one counts. */
export function sort(request: SortRequest): Promise<SortReply> {
  if (isBusy) {
    worker.terminate();
    worker = newWorker();
  }
  isBusy = true;
  const { promise, resolve } = Promise.withResolvers<SortReply>();
  worker.onmessage = ({ data }: MessageEvent<SortReply>) => {
    isBusy = false;
    resolve(data);
  };
  worker.onerror = () => resolve({ kind: "failed", reason: "The browser could not sort." });
  worker.postMessage(request, { transfer: [request.body.buffer] });
  return promise;
}

/** Made when the page loads, so that it sorts without a network too. */
function newWorker(): Worker {
  return new Worker(new URL(WORKER_FILE, import.meta.url), { type: "module" });
}
