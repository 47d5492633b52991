import { Parser } from "tap-parser";

/** An assertion or a check that failed. */
export interface Failure {
  /** The place: the test file and the names of its tests, or the name of the check. */
  readonly name: string;
  /** tap's details (the difference, the line), or how the check ended. */
  readonly detail?: unknown;
}

/** The result of a check. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  /** The comments of the tests, which hold their measurements. */
  readonly measured: readonly string[];
}

/** Counts each assertion of a tap run once, however deep it is nested, and names those that failed. */
export function readResults(tap: string): Results {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const failures: Failure[] = [];
  for (const event of Parser.parse(tap, { flat: true })) {
    if (event[0] !== "assert") continue;
    // Its name starts with the names of the file and the tests that it is in.
    const { ok, skip, todo, name, diag } = event[1];
    if (skip || todo) count.skipped += 1;
    else count[ok ? "passed" : "failed"] += 1;
    if (!ok && !skip && !todo) failures.push({ name, detail: diag });
  }
  const comments = tap.matchAll(/^ +# (?!Subtest: |time=)(.*)$/gm);
  return { ...count, failures, measured: Array.from(comments, ([, comment = ""]) => comment) };
}
