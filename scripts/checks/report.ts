/**
 * The output of a run of checks: a line as each starts and ends, then a table of the times, the failures, and the
 * count.
 */
import { inspect } from "node:util";
import type { Check, Outcome } from "./check.ts";

/** Writes lines. On a terminal, a line below them shows what runs now. */
export class Progress {
  readonly #total: number;
  readonly #verbose: boolean;
  readonly #out: NodeJS.WriteStream;
  readonly #running = new Map<Check, number>();
  #ended = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param verbose Whether to show the output of successful checks too. */
  constructor(total: number, verbose: boolean, out: NodeJS.WriteStream = process.stdout) {
    this.#total = total;
    this.#verbose = verbose;
    this.#out = out;
  }

  started(check: Check): void {
    this.#running.set(check, performance.now());
    this.#line(`  ...  ${check.name}`);
    if (this.#out.isTTY) this.#timer ??= setInterval(() => this.#live(), 1000);
  }

  ended(outcome: Outcome): void {
    const { check, failed, failures, measured, output, seconds } = outcome;
    this.#running.delete(check);
    this.#ended += 1;
    const mark = failed > 0 ? "FAIL" : "  ok";
    this.#line(`${mark}   ${check.name}: ${seconds.toFixed(1)} s (${this.#ended} of ${this.#total})`);
    if (failed > 0 || this.#verbose) this.#line(`$ ${check.command}\n${output.trimEnd()}`);
    for (const comment of measured) this.#line(`       ${comment}`);
    for (const failure of failures) this.#line(describe(failure.name, failure.detail));
    if (this.#running.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #line(text: string): void {
    this.#clear();
    this.#out.write(`${text}\n`);
    this.#live();
  }

  #live(): void {
    if (!this.#out.isTTY || this.#running.size === 0) return;
    const running = Array.from(this.#running, ([{ name }, start]) => `${name} ${age(start)} s`).join(", ");
    this.#clear();
    this.#out.write(`${this.#ended} of ${this.#total}; running: ${running}`.slice(0, this.#out.columns - 1));
  }

  #clear(): void {
    if (this.#out.isTTY) this.#out.write("\r\u001b[K");
  }
}

function age(start: number): number {
  return Math.round((performance.now() - start) / 1000);
}

/** A failure: its name and its details. */
function describe(name: string, detail: unknown): string {
  const known = detail ? `\n${typeof detail === "string" ? detail : inspect(detail, { depth: null })}` : "";
  return `not ok: ${name}${known}`;
}

/**
 * The times of checks as a table, the longest first. Checks that ran side by side add up to more than `wallSeconds`.
 */
export function timesTable(outcomes: readonly Outcome[], wallSeconds: number): string {
  const rows = outcomes
    .toSorted((a, b) => b.seconds - a.seconds)
    .map(({ check, passed, failed, skipped, seconds }) =>
      row(check.name, seconds, passed + failed + skipped),
    );
  return [
    "check                                   seconds  counted",
    ...rows,
    row(
      "from start to end",
      wallSeconds,
      sum(outcomes, "passed") + sum(outcomes, "failed") + sum(outcomes, "skipped"),
    ),
  ].join("\n");
}

function row(name: string, seconds: number, counted: number): string {
  return `${name.padEnd(38)} ${seconds.toFixed(1).padStart(8)} ${String(counted).padStart(8)}`;
}

/** The failures, by check: one line each. Empty if there are none. */
export function failureList(outcomes: readonly Outcome[]): string {
  return outcomes
    .filter(({ failed }) => failed > 0)
    .flatMap(({ check, failures }) =>
      failures.map(({ name, detail }) => indent(describe(`${check.name}: ${name}`, detail))),
    )
    .join("\n");
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n    ");
}

/** The last line of a run. */
export function countLine(outcomes: readonly Outcome[]): string {
  const skipped = sum(outcomes, "skipped");
  const ending = skipped > 0 ? `, ${skipped} skipped` : "";
  return `${sum(outcomes, "passed")} passed, ${sum(outcomes, "failed")} failed${ending}`;
}

/** The sum of one count over all checks. */
export function sum(outcomes: readonly Outcome[], count: "passed" | "failed" | "skipped"): number {
  return outcomes.reduce((total, outcome) => total + outcome[count], 0);
}
