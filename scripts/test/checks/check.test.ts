import { test } from "tap";
import { run } from "../../checks/check.ts";
import { choose } from "../../checks/main.ts";

const node = `"${process.execPath}"`;

test("a command is one check, and what it writes is kept", async (t) => {
  const good = await run({ name: "good", command: `${node} -p 6*7` });
  t.match(good, { passed: 1, failed: 0, failures: [], output: "42\n" });
  const bad = await run({ name: "bad", command: "exit 3" });
  t.match(bad, { passed: 0, failed: 1, failures: [{ name: "exit 3 exited with status 3" }] });
});

test("of tests the assertions count", async (t) => {
  const folder = t.testdir({ "good.tap": "ok 1\nok 2\n1..2\n" });
  const copy = (status: number) =>
    `${node} -e "fs.copyFileSync('good.tap', 'results.tap'); process.exit(${status})"`;
  t.match(await run({ name: "tests", command: copy(0), folder, results: "results.tap" }), {
    passed: 2,
    failed: 0,
  });
  // As with too little coverage.
  t.match(await run({ name: "tests", command: copy(1), folder, results: "results.tap" }), {
    passed: 2,
    failed: 1,
  });
});

test("results of an earlier run do not count", async (t) => {
  const folder = t.testdir({ "results.tap": "ok 1\n1..1\n" });
  t.match(await run({ name: "tests", command: "exit 0", folder, results: "results.tap" }), { passed: 0 });
});

test("a name chooses every check with that word", async (t) => {
  const checks = ["types of api", "tests of api", "tests of core"].map((name) => ({ name, command: "" }));
  const chosen = (...names: string[]) => choose(checks, names).map(({ name }) => name);
  t.strictSame(chosen("api"), ["types of api", "tests of api"]);
  t.strictSame(chosen("tests"), ["tests of api", "tests of core"]);
  t.strictSame(chosen(), ["types of api", "tests of api", "tests of core"]);
  t.throws(() => chosen("apy"), { message: /No check is named apy. The checks are: types of api, / });
});
