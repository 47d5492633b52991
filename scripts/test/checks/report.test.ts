import { test } from "tap";
import type { Outcome } from "../../checks/check.ts";
import { countLine, failureList, timesTable } from "../../checks/report.ts";

function outcome(name: string, seconds: number, parts: Partial<Outcome>): Outcome {
  const check = { name, command: name };
  return {
    check,
    seconds,
    output: "",
    passed: 0,
    failed: 0,
    skipped: 0,
    failures: [],
    measured: [],
    ...parts,
  };
}

const kernel = outcome("kernel", 2, { passed: 1 });
const core = outcome("tests of core", 30.04, {
  passed: 5,
  failed: 1,
  failures: [{ name: "test/a.test.ts > sorts > should be equal", detail: { diff: "-1 +2" } }],
});

test("times are a table, the longest first", async (t) => {
  t.equal(
    timesTable([kernel, core], 31),
    `check                                   seconds  counted
tests of core                              30.0        6
kernel                                      2.0        1
from start to end                          31.0        7`,
  );
});

test("what failed is listed with its check, its file, its test, and the difference", async (t) => {
  t.equal(failureList([kernel]), "");
  t.equal(
    failureList([kernel, core]),
    "not ok: tests of core: test/a.test.ts > sorts > should be equal\n    { diff: '-1 +2' }",
  );
});

test("the last line counts what passed, failed and, where some were, was skipped", async (t) => {
  t.equal(countLine([kernel]), "1 passed, 0 failed");
  t.equal(countLine([kernel, core, outcome("x", 1, { skipped: 2 })]), "6 passed, 1 failed, 2 skipped");
});
