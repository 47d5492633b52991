import { percentile, type StepResult } from "./measure.ts";

const columns: readonly (readonly [title: string, (result: StepResult) => string])[] = [
  ["connections", ({ connections }) => String(connections)],
  ["right answers", ({ answered }) => answered.toLocaleString("en")],
  ["failed", ({ failed }) => failed.toLocaleString("en")],
  ["requests per second", ({ rate }) => rate.toFixed(1)],
  ["median ms", (result) => percentile(result, 0.5).toFixed(1)],
  ["90 % ms", (result) => percentile(result, 0.9).toFixed(1)],
  ["99 % ms", (result) => percentile(result, 0.99).toFixed(1)],
  ["slowest ms", (result) => percentile(result, 1).toFixed(1)],
];

/** A row for each step, in Markdown with its columns aligned. */
export function table(results: readonly StepResult[]): string {
  const rows = [
    columns.map(([title]) => title),
    ...results.map((result) => columns.map(([, cell]) => cell(result))),
  ];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const [head = "", ...lines] = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(" | ")} |`,
  );
  return [head, `|${widths.map((width) => `${"-".repeat(width + 1)}:|`).join("")}`, ...lines].join("\n");
}
