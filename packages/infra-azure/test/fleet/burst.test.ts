/** Shows which load a size is said to have for ever. The figures are Microsoft's; can't show that Azure keeps to them. */
import { test } from "tap";
import { sustainedPercent } from "../../src/fleet/burst.ts";

test("a machine of the B series has its base for ever, by how much memory comes with its processors", async (t) => {
  for (const [size, percent] of [
    ["Standard_B2ats_v2", 20],
    ["Standard_B2als_v2", 30],
    ["Standard_B2as_v2", 40],
    ["Standard_B4pls_v2", 30],
    ["Standard_B32s_v2", 40],
    ["Standard_B1ms", 20],
    ["Standard_B4ms", 22.5],
    ["Standard_B16ms", 17],
  ] as const) {
    t.equal(sustainedPercent(size), percent, size);
  }
});

test("any other machine has all of its processors", async (t) => {
  for (const size of ["Standard_D2als_v6", "Standard_D2pls_v6", "Standard_E4-2ads_v5"])
    t.equal(sustainedPercent(size), 100, size);
});
