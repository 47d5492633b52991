/** Shows that the page and the picture of costs say what the computation says. */
import { readFileSync } from "node:fs";
import { test } from "tap";
import { documents } from "../src/document.ts";

for (const [path, content] of documents()) {
  test(`${path} is not stale (else: pnpm documents)`, async (t) => {
    t.equal(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"), content);
  });
}
