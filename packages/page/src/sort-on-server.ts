import type { SortReply, SortRequest } from "./messages.ts";

/** The result of a request: an answer, or why there is none. */
export type Outcome =
  | {
      readonly kind: "answered";
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly numbersRead: number | undefined;
    }
  | Exclude<SortReply, { kind: "sorted" }>;

/** Lets the service that this page came from sort. */
export async function sortOnServer({ search, contentType, accept, body }: SortRequest): Promise<Outcome> {
  let response: Response;
  try {
    // The worker's own file is in a folder next to the page.
    response = await fetch(new URL(`../${search}`, import.meta.url), {
      method: "POST",
      headers: { "content-type": contentType, accept },
      body,
    });
  } catch {
    return {
      kind: "failed",
      reason: "The page can't reach the service. You can sort in this browser instead.",
    };
  }
  if (response.ok) {
    const numbersRead = response.headers.get("numbers-read");
    return {
      kind: "answered",
      bytes: new Uint8Array(await response.arrayBuffer()),
      numbersRead: numbersRead === null ? undefined : Number(numbersRead),
    };
  }
  if (response.headers.get("content-type")?.startsWith("application/problem+json"))
    return { kind: "problem", problem: await response.json() };
  return {
    kind: "failed",
    reason: `The service answered with status ${response.status} and gave no reason.`,
  };
}
