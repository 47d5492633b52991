import { test } from "tap";
import { x } from "./index.ts";

test("x", async (t) => {
  t.equal(x, 1);
});
