import { manPage } from "../src/manual/man-page.ts";

/** What is made from the source: paths in the repository, and their contents. */
export function documents(): ReadonlyMap<string, string> {
  return new Map([["packages/cli/man/sorted.1", manPage()]]);
}
