import { readFileSync } from "node:fs";
import { test } from "tap";
import { documents } from "../../scripts/documents.ts";

test("the documents that are made from the source are up to date (pnpm documents)", async (t) => {
  for (const [path, content] of await documents()) {
    t.equal(readFileSync(new URL(`../../../../${path}`, import.meta.url), "utf8"), content, path);
  }
});
