import { excerptAt } from "./excerpt.ts";
import type { SortReply, SortRequest } from "./messages.ts";
import { sortInBrowser } from "./sort-in-browser.ts";

/**
 * The fault of the first of several files that can't be sorted by itself. Joined, wrong files can be right: `[1` and `2]`
 * are one list, and a quotation mark can open in one table and close in the next.
 *
 * @returns undefined if there are not several files, or none has a fault
 */
export async function findFileFault(
  request: SortRequest,
): Promise<Extract<SortReply, { kind: "problem" }> | undefined> {
  const { parts } = request.body;
  if (parts.length < 2) return undefined;
  for (const part of parts) {
    const body = { blob: part.blob, parts: [part] };
    const outcome = await sortInBrowser({ ...request, search: withoutNumbers(request.search), body });
    if (outcome.kind !== "problem") continue;
    const bytes = new Uint8Array(await part.blob.arrayBuffer());
    const excerpt = excerptAt(bytes, outcome.problem.offset ?? 0);
    return { ...outcome, excerpt: { ...excerpt, ...(part.name !== undefined && { name: part.name }) } };
  }
  return undefined;
}

/** The same options, for an answer that nobody needs. */
function withoutNumbers(search: string): string {
  const options = new URLSearchParams(search);
  options.set("limit", "0");
  return `?${options}`;
}
