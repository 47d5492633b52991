/** Writes the documents that are made from the source anew: `pnpm documents`. */
import { writeFileSync } from "node:fs";
import { documents } from "./documents.ts";
import { networkPicture, picturePath } from "./network-picture.ts";
import { rulesDocument, rulesPath } from "./rules-document.ts";

const all = new Map([...documents(), [rulesPath, rulesDocument()], [picturePath, await networkPicture()]]);
for (const [path, content] of all) {
  writeFileSync(new URL(`../../../${path}`, import.meta.url), content);
  console.log(`wrote ${path}`);
}
