/** Writes the documents that are made from the source: `pnpm documents`. */
import { writeFileSync } from "node:fs";
import { documents } from "./documents.ts";

for (const [path, content] of await documents()) {
  writeFileSync(new URL(`../../../${path}`, import.meta.url), content);
  console.log(`wrote ${path}`);
}
