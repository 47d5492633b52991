/** Writes the documents that are made from the source anew: `pnpm documents`. */
import { writeFileSync } from "node:fs";
import { documents } from "./documents.ts";
import { rulesDocument, rulesPath } from "./rules-document.ts";

for (const [path, content] of [...documents(), [rulesPath, rulesDocument()] as const]) {
  writeFileSync(new URL(`../../../${path}`, import.meta.url), content);
  console.log(`wrote ${path}`);
}
