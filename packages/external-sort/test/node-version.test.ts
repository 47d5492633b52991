import { test } from "tap";
import manifest from "../package.json" with { type: "json" };
import { oldNode } from "../src/node-version.ts";

test("a Node without zstd is too old: those before 22.15, and before 23.8", async (t) => {
  for (const version of ["18.20.8", "20.20.2", "22.14.0"])
    t.equal(oldNode(version), `Node ${version} is too old: Node 22.15 or newer is needed`);
  t.equal(oldNode("23.7.0"), "Node 23.7.0 is too old: Node 23.8 or newer is needed");
  for (const version of ["22.15.0", "22.22.1", "23.8.0", "24.0.0", "26.1.0"])
    t.equal(oldNode(version), undefined);
  t.equal(manifest.engines.node, "^22.15.0 || >=23.8.0");
});
