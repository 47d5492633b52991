import type { Test } from "tap";
import type { Implementation } from "../implementation.ts";
import { outcomeOf } from "../outcome.ts";

/**
 * Inputs made to exhaust time or stack. Nothing here is timed: the sizes are such that an implementation with recursion
 * would overflow, and one with quadratic time would not come to an end.
 */
export function testAdversarial(t: Test, { sortJson, sortText }: Implementation): void {
  const DEEP = 100_000;
  const MILLION = 1_000_000;

  t.test("100,000 nested brackets", async (t) => {
    const shapes = [
      { open: "[", close: "]" },
      { open: '{"":', close: "}" },
      { open: '[{"a":', close: "}]" },
    ];
    for (const { open, close } of shapes) {
      const brackets = open.length > 4 ? 2 * DEEP : DEEP;
      const document = `${open.repeat(DEEP)}1${close.repeat(DEEP)}`;
      const refused = outcomeOf(() => sortJson(document));
      t.equal("code" in refused && refused.code, "TOO_DEEP", `${open} within the default limit`);
      t.strictSame(
        outcomeOf(() => sortJson(document, { maxDepth: brackets })),
        { literals: ["1"] },
        `${open} at a limit of as many`,
      );
      t.strictSame(
        outcomeOf(() => sortJson(open.repeat(DEEP), { maxDepth: Infinity })),
        { code: "INVALID_JSON", offset: open.length * DEEP, pointer: undefined, line: undefined },
        `${open} never closed`,
      );
    }
    t.strictSame(
      outcomeOf(() => sortJson(`"${"([".repeat(DEEP)}1${"])".repeat(DEEP)}"`, { maxDepth: 2 * DEEP })),
      { literals: ["1"] },
      "in a string",
    );
    t.strictSame(
      outcomeOf(() => sortJson(`"${"[".repeat(DEEP)}"`, { maxDepth: DEEP })),
      { code: "NOT_A_NUMBER", offset: DEEP + 1, pointer: "", line: undefined },
      "in a string, never closed",
    );
  });

  t.test("a million commas", async (t) => {
    const commas = ",".repeat(MILLION);
    const fault = { pointer: undefined, line: undefined };
    t.strictSame(
      outcomeOf(() => sortJson(`[${commas}]`)),
      { ...fault, code: "INVALID_JSON", offset: 1, pointer: "/0" },
    );
    t.strictSame(
      outcomeOf(() => sortJson(`"${commas}"`)),
      { ...fault, code: "NOT_A_NUMBER", offset: 1, pointer: "" },
    );
    t.strictSame(
      outcomeOf(() => sortText(`1${commas}`)),
      { ...fault, code: "NOT_A_NUMBER", offset: 2, line: 1 },
    );
    t.equal(sortJson(`[${"[],".repeat(MILLION)}[]]`).count, 0);
    t.equal(sortJson(`"${"(),".repeat(MILLION)}"`).count, 0);
    t.equal(sortJson(`[${"1,".repeat(MILLION / 10)}1]`, { unique: true }).count, 1);
  });

  t.test("one number of ten million digits", async (t) => {
    const digits = "1234567890".repeat(MILLION);
    t.equal(sortJson(digits).toBytes("text").length, digits.length + 1);
    const refused = outcomeOf(() => sortText(`1e${"9".repeat(MILLION)}`));
    t.equal("code" in refused && refused.code, "EXPONENT_OUT_OF_RANGE");
  });

  t.test("a thousand numbers that share their first 10,000 digits", async (t) => {
    const shared = "7".repeat(10_000);
    const endings = Array.from({ length: 1000 }, (_, i) => String((i * 617) % 1000).padStart(3, "0"));
    const numbers = endings.map((ending) => shared + ending);
    t.ok(isSame(sortJson(`[${numbers.join()}]`).literals(), numbers.toSorted()));
  });

  t.test("one long number among many short ones that it nearly equals", async (t) => {
    const half = MILLION / 10;
    const ones = Array.from({ length: 2 * half }, () => "1");
    const zeros = "0".repeat(MILLION);
    for (const long of [`1.${zeros}`, `0.${zeros}1e${zeros.length + 1}`, `1.${zeros}1`]) {
      // The first of the second half is what a merge sort compares with all of the first.
      const numbers = ones.with(half, long);
      t.equal(sortJson(`[${numbers.join()}]`).count, numbers.length);
    }
  });

  t.test("huge names, and many", async (t) => {
    const name = "n".repeat(2 * MILLION);
    t.equal(sortJson(`{"${name}":1,"${"\\u0000".repeat(MILLION / 4)}":2}`).count, 2);
    t.equal(sortJson(`{${'"a":[],'.repeat(MILLION / 4)}"a":1}`).count, 1);
    t.strictSame(
      outcomeOf(() => sortJson(`{"${name}":null}`)),
      { code: "NOT_A_NUMBER", offset: name.length + 4, pointer: undefined, line: undefined },
    );
  });

  t.test("millions of white space", async (t) => {
    const space = " \n\t\r".repeat(MILLION);
    t.strictSame([...sortJson(`[${space}]`).literals()], []);
    t.strictSame([...sortJson(`"1,${" ".repeat(MILLION)}"`).literals()], ["1"]);
    t.strictSame(
      outcomeOf(() => sortText(`1${space}x`)),
      { code: "NOT_A_NUMBER", offset: space.length + 1, pointer: undefined, line: 2 * MILLION + 1 },
    );
  });
}

/** Where a difference would print megabytes. */
function isSame(literals: Iterable<string>, expected: readonly string[]): boolean {
  const found = [...literals];
  return found.length === expected.length && found.every((literal, i) => literal === expected[i]);
}
