/** Writes the documents that are made from the source anew: `pnpm documents`. */
import { writeFileSync } from "node:fs";
import { documents } from "../src/document.ts";

for (const [path, content] of documents()) {
  writeFileSync(new URL(`../../../${path}`, import.meta.url), content);
  console.log(`wrote ${path}`);
}
