import { test } from "tap";
import { ProblemError, parseQuery, requireOptionsOnly } from "../src/index.ts";

/** The problem that a call throws, by its code and parameter. */
function problemOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problem.code} ${error.problem.parameter}`;
    throw error;
  }
  return undefined;
}

test("options and numbers stand side by side in a query string, numbers in their order", (t) => {
  const { options, data, numbersAsStrings } = parseQuery(
    "/?x1=3&order=desc&x1=%5B1,2%5D&limit=2&numbers=string",
  );
  t.strictSame(options, { order: "desc", unique: false, limit: 2 });
  t.strictSame(data, [
    { name: "x1", value: "3" },
    { name: "x1", value: "[1,2]" },
  ]);
  t.equal(numbersAsStrings, true);
  t.end();
});

test("an option is given once, with a value that it takes", (t) => {
  for (const [url, parameter] of [
    ["/?order=asc&order=desc", "order"],
    ["/?unique=yes", "unique"],
    ["/?limit=-1", "limit"],
  ] as const) {
    t.equal(
      problemOf(() => parseQuery(url)),
      `BAD_OPTION ${parameter}`,
      url,
    );
  }
  t.end();
});

test("what is not percent-encoded UTF-8 is a problem of its parameter", (t) => {
  t.equal(
    problemOf(() => parseQuery("/?x=%ff")),
    "BAD_QUERY x",
  );
  t.end();
});

test("beside numbers in a body there are options only", (t) => {
  t.equal(
    problemOf(() => requireOptionsOnly(parseQuery("/?order=desc"))),
    undefined,
  );
  t.equal(
    problemOf(() => requireOptionsOnly(parseQuery("/?ordr=desc"))),
    "BAD_OPTION ordr",
  );
  t.end();
});
