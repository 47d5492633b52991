import { readFileSync } from "node:fs";
import { test } from "tap";
import { goalsTable, isMet } from "../../src/page/goals.ts";
import { readMeasurements } from "../../src/page/measurements.ts";
import { PAGE_FILE, performancePage } from "../../src/page/page.ts";

test("docs/performance.md is what was measured last", (t) => {
  t.equal(readFileSync(PAGE_FILE, "utf8"), performancePage(readMeasurements()));
  t.end();
});

test("a goal is met by the figure that the page prints", (t) => {
  const goal = { title: "percent of the capacity", goal: 80, bound: "at least" } as const;
  t.ok(isMet({ ...goal, measured: 79.996 }), "80.00 is 80");
  t.notOk(isMet({ ...goal, measured: 79.99 }));
  t.ok(isMet({ ...goal, bound: "at most", measured: 80 }));
  t.notOk(isMet({ ...goal, measured: Number.NaN }), "what was not measured meets no goal");
  t.match(goalsTable([{ ...goal, measured: 76 }]), "| percent of the capacity | at least 80 | 76 | **no** |");
  t.end();
});
