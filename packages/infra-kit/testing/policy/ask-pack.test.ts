/** Shows that a pack which doesn't start is an error. What a pack finds is shown beside each program. */
import { test } from "tap";
import { askPack } from "./ask-pack.ts";

test("a pack that doesn't start is named", async (t) => {
  const file = t.testdir({ "pack.mjs": "process.exit(3);" });
  await t.rejects(
    askPack(`${file}/pack.mjs`, []),
    /The policy pack .*pack\.mjs ended with 3 before it served/,
  );
});
