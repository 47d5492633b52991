import { PROBLEM_TYPE, type Problem } from "@sorted/contract";
import type { Progress, SortReply, SortRequest } from "./messages.ts";

/** The result of a request: an answer, or why there is none. */
export type Outcome =
  | {
      readonly kind: "answered";
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly numbersRead: number | undefined;
    }
  | { readonly kind: "problem"; readonly problem: Problem }
  | Extract<SortReply, { kind: "failed" }>;

/**
 * Lets the service that this page came from sort. Not by `fetch`, which does not tell how much it has sent.
 *
 * @param report is told how much the service has received, several times a second
 */
export function sortOnServer(
  { search, contentType, accept, body, key }: SortRequest,
  report: (progress: Progress) => void,
): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const request = new XMLHttpRequest();
  // The worker's own file is in a folder next to the page.
  request.open("POST", new URL(`../${search}`, import.meta.url));
  request.responseType = "arraybuffer";
  request.setRequestHeader("content-type", contentType);
  request.setRequestHeader("accept", accept);
  if (key !== "") request.setRequestHeader("authorization", `Bearer ${key}`);
  request.upload.addEventListener("progress", ({ loaded, total }) =>
    report({ kind: "progress", sentBytes: loaded, totalBytes: total }),
  );
  request.addEventListener("load", () => resolve(outcomeOf(request)));
  request.addEventListener("error", () =>
    resolve({ kind: "failed", reason: "The page can't reach the service.", isOffline: true }),
  );
  request.send(body.blob);
  return promise;
}

function outcomeOf(request: XMLHttpRequest): Outcome {
  const bytes = new Uint8Array(request.response);
  if (request.status === 200) {
    const numbersRead = request.getResponseHeader("numbers-read");
    return {
      kind: "answered",
      bytes,
      numbersRead: numbersRead === null ? undefined : Number(numbersRead),
    };
  }
  if (request.getResponseHeader("content-type")?.startsWith(PROBLEM_TYPE))
    return { kind: "problem", problem: JSON.parse(new TextDecoder().decode(bytes)) };
  const reason = `The service answered with status ${request.status} and gave no reason.`;
  return { kind: "failed", reason, isOffline: false };
}
