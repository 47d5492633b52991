import type { Progress, SortReply, SortRequest } from "./messages.ts";

declare const WORKER_FILE: string;

/** The reply to a request that was given up. */
type Cancelled = { readonly kind: "cancelled" };

/** Whether the worker can take a request: it has none, and has loaded. */
let isFree = true;
let worker = newWorker();
let giveUp: () => void = () => undefined;

/** Lets the worker sort. It gives up a request that is still running: only the last one counts. */
export function sort(
  request: SortRequest,
  onProgress: (progress: Progress) => void,
): Promise<SortReply | Cancelled> {
  cancel();
  isFree = false;
  const { promise, resolve } = Promise.withResolvers<SortReply | Cancelled>();
  giveUp = () => resolve({ kind: "cancelled" });
  worker.onmessage = ({ data }: MessageEvent<SortReply | Progress>) => {
    if (data.kind === "progress") return onProgress(data);
    isFree = true;
    resolve(data);
  };
  worker.onerror = () => {
    const reason = "The page could not load the code that sorts. Try again.";
    resolve({ kind: "failed", reason, isOffline: false });
  };
  worker.postMessage(request);
  return promise;
}

/** Gives up the request that is running, if there is one: it is no longer sent. */
export function cancel(): void {
  if (isFree) return;
  worker.terminate();
  giveUp();
  worker = newWorker();
  isFree = true;
}

/** Made when the page loads, so that it also sorts without a network. */
function newWorker(): Worker {
  const made = new Worker(new URL(WORKER_FILE, import.meta.url), { type: "module" });
  made.onerror = () => {
    isFree = false;
  };
  return made;
}
