/** Shows that the committed picture of the network is what the program declares today. */
import { readFileSync } from "node:fs";
import { test } from "tap";
import { networkPicture, picturePath } from "../scripts/network-picture.ts";

test("the picture is not stale (else: pnpm documents)", async (t) => {
  t.equal(readFileSync(new URL(`../../../${picturePath}`, import.meta.url), "utf8"), await networkPicture());
});
