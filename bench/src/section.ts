import type { Goal } from "./page/goals.ts";

/** How long and how often a section measures. */
export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
}

/** One section of `docs/performance.md`: how to measure it, and how the page shows the result. */
export interface Section<Result> {
  readonly title: string;
  /** Measures. The result is kept as JSON. */
  measure(effort: Effort): Promise<Result>;
  /** The section's text and tables in Markdown, without its heading. */
  toMarkdown(result: Result, effort: Effort): string;
  /** The goals, next to the measured figures. */
  goals?(result: Result): readonly Goal[];
}
