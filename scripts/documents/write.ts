/** Writes the documents that are generated from the source: `pnpm documents`. */
import { writeFileSync } from "node:fs";
import { documents, locate } from "./documents.ts";

for (const [path, content] of await documents()) {
  writeFileSync(locate(path), content);
  console.log(`wrote ${path}`);
}
