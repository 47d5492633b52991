/** Shows that the committed picture of the network, and the page of the rules, are what the source says today. */
import { readFileSync } from "node:fs";
import { test } from "tap";
import { networkPicture, picturePath } from "../../scripts/network-picture.ts";
import { rulesDocument, rulesPath } from "../../scripts/rules-document.ts";

function committed(path: string): string {
  return readFileSync(new URL(`../../../../${path}`, import.meta.url), "utf8");
}

test("the picture is not stale (else: pnpm documents)", async (t) => {
  t.equal(committed(picturePath), await networkPicture());
});

test("the page of the rules is not stale (else: pnpm documents)", async (t) => {
  t.equal(committed(rulesPath), rulesDocument());
});
