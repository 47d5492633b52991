/** Shows that the committed page of the rules is what the source says today. */
import { readFileSync } from "node:fs";
import { test } from "tap";
import { rulesDocument, rulesPath } from "../scripts/rules-document.ts";

function committed(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}

test("the page of the rules is not stale (else: pnpm documents)", async (t) => {
  t.equal(committed(rulesPath), rulesDocument());
});
