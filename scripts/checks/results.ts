import { Parser } from "tap-parser";

/** An assertion or a check that failed. */
export interface Failure {
  /** Where: the test file and the names of its tests, or the name of the check. */
  readonly name: string;
  /** What tap knows of it (the difference, the line), or how the check ended. */
  readonly detail?: unknown;
}

/** What a check showed. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  /** What the tests measured: their comments. */
  readonly measured: readonly string[];
}

/** Counts each assertion of a tap run once, whatever tests it is nested in, and names those that failed. */
export function readResults(tap: string): Results {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const failures: Failure[] = [];
  for (const event of Parser.parse(tap, { flat: true })) {
    if (event[0] !== "assert") continue;
    // Its name starts with those of the file and the tests that it is in.
    const { ok, skip, todo, name, diag } = event[1];
    if (skip || todo) count.skipped += 1;
    else count[ok ? "passed" : "failed"] += 1;
    if (!ok && !skip && !todo) failures.push({ name, detail: diag });
  }
  const comments = tap.matchAll(/^ +# (?!Subtest: |time=)(.*)$/gm);
  return { ...count, failures, measured: Array.from(comments, ([, comment = ""]) => comment) };
}
