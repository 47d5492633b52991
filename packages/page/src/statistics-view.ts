import { byId, grouped, html } from "./elements.ts";
import type { Statistics } from "./statistics.ts";

const section = byId("statistics", HTMLElement);
const TOO_LONG = "too long to write out";

/** Shows what is to be known about the numbers of an answer; nothing if there are none. */
export function showStatistics(statistics: Statistics | undefined): void {
  section.hidden = statistics === undefined;
  if (statistics === undefined) return;
  const { count, distinct, minimum, maximum, median, mean, sum } = statistics;
  const figures: [name: string, value: string | undefined][] = [
    ["Numbers", grouped(count)],
    ["Distinct", grouped(distinct)],
    ["Minimum", minimum],
    ["Median", median?.literal],
    ["Mean", mean && (mean.isExact ? mean.literal : `≈ ${mean.literal}`)],
    ["Maximum", maximum],
    ["Exact sum", sum],
  ];
  byId("figures", HTMLElement).replaceChildren(
    ...figures.map(([name, value]) =>
      html(
        "div",
        {},
        html("dt", {}, name),
        html("dd", value === undefined ? { class: "hint" } : {}, value ?? TOO_LONG),
      ),
    ),
  );
}
