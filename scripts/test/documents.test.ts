import { readFileSync } from "node:fs";
import { test } from "tap";
import { documents, locate } from "../documents/documents.ts";

for (const [path, content] of await documents()) {
  test(`${path} says what the source says (else: pnpm documents)`, async (t) => {
    t.equal(readFileSync(locate(path), "utf8"), content);
  });
}
