import { test } from "tap";
import { readResults } from "../../checks/results.ts";

const tap = `TAP version 14
# Subtest: test/a.test.ts
    # Subtest: one
        ok 1 - fine
        not ok 2 - should be equal
          ---
          diff: "-1 +2"
          ...
        # 17 requests in 1 s
        ok 3 - needs Linux # SKIP
        1..3
        # failed 1 test
    not ok 1 - one # time=3ms
    1..1
not ok 1 - test/a.test.ts # time=30ms
1..1
`;

test("each assertion counts once, and the tests around it not at all", async (t) => {
  t.match(readResults(tap), { passed: 1, failed: 1, skipped: 1 });
});

test("what failed has the name of its file and its tests, and what tap knows of it", async (t) => {
  t.strictSame(readResults(tap).failures, [
    { name: "test/a.test.ts > one > should be equal", detail: { diff: "-1 +2" } },
  ]);
});

test("comments say what a test measured", async (t) => {
  t.ok(readResults(tap).measured.includes("17 requests in 1 s"));
});

test("without any test nothing is counted", async (t) => {
  t.strictSame(readResults(""), { passed: 0, failed: 0, skipped: 0, failures: [], measured: [] });
});
