import type { Goal } from "./page/goals.ts";

/** How long and how often a section measures. */
export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
}

/** One section of `docs/performance.md`: how it is measured, and what the page shows of the result. */
export interface Section<Result> {
  readonly title: string;
  /** Measures; the result is kept as JSON. */
  measure(effort: Effort): Promise<Result>;
  /** The section's text and tables in Markdown, without its heading. */
  toMarkdown(result: Result, effort: Effort): string;
  /** What was aimed at, beside what was measured. */
  goals?(result: Result): readonly Goal[];
}
