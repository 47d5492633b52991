import type { Bar, Histogram } from "./bars.ts";
import { byId, grouped, html, svg } from "./elements.ts";

const LEAST_WIDTH = 280;
const HEIGHT = 260;
const MARGIN = { top: 12, right: 16, bottom: 30, left: 60 };
/** So that a single number among a million is visible. */
const LEAST_BAR_PIXELS = 2;
const MOST_LABEL_CHARACTERS = 18;
const CHARACTER_PIXELS = 7.5;
const LABEL_GAP_PIXELS = 6;

const chart = byId("chart", HTMLElement);
let shown: Histogram | undefined;

/** Draws the picture and its rule, and shows the same as a table. */
export function showHistogram(histogram: Histogram): void {
  shown = histogram;
  draw();
  byId("rule", HTMLElement).textContent =
    `${histogram.rule} The bars count every number, by exact comparison. A bar with at least one number is always visible.`;
  byId("bars", HTMLElement).replaceChildren(
    ...histogram.bars
      .filter(({ count }) => count > 0)
      .map(({ from, to, count }) =>
        html(
          "tr",
          {},
          html("td", {}, short(from)),
          html("td", {}, short(to)),
          html("td", {}, grouped(count)),
        ),
      ),
  );
}

/** Text keeps its size: a narrow page gets a narrower drawing, not smaller text. */
function draw(): void {
  if (shown === undefined) return;
  const { bars, ticks } = shown;
  const width = Math.max(LEAST_WIDTH, chart.clientWidth);
  const plotWidth = width - MARGIN.left - MARGIN.right;
  const plotHeight = HEIGHT - MARGIN.top - MARGIN.bottom;
  const most = Math.max(...bars.map(({ count }) => count));
  const top = niceTop(most);
  const x = (position: number) => MARGIN.left + (position / bars.length) * plotWidth;
  const y = (count: number) => MARGIN.top + plotHeight * (1 - count / top);
  const gap = plotWidth / bars.length > 6 ? 1 : 0;

  const scale = [0, top / 2, top].filter(Number.isInteger).flatMap((count) => [
    svg("line", {
      class: count === 0 ? "axis" : "grid",
      x1: MARGIN.left,
      x2: width - MARGIN.right,
      y1: y(count),
      y2: y(count),
    }),
    svg("text", { x: MARGIN.left - 8, y: y(count) + 4, "text-anchor": "end" }, grouped(count)),
  ]);
  const columns = bars.map((bar, index) => {
    const height = bar.count === 0 ? 0 : Math.max(LEAST_BAR_PIXELS, y(0) - y(bar.count));
    const place = { x: x(index) + gap / 2, width: x(1) - x(0) - gap };
    return svg(
      "g",
      {},
      svg("title", {}, describe(bar)),
      svg("rect", { ...place, class: "band", y: MARGIN.top, height: plotHeight }),
      svg("rect", {
        ...place,
        class: bar.from === "0" && bar.to === "0" ? "bar zero" : "bar",
        y: y(0) - height,
        height,
      }),
    );
  });
  const marks = withoutOverlap(
    ticks.map(({ position, label }) => ({ x: x(position), label: short(label) })),
    width,
  ).flatMap(({ x: at, label, anchor }) => [
    svg("line", { class: "axis", x1: at, x2: at, y1: y(0), y2: y(0) + 5 }),
    svg("text", { x: at, y: y(0) + 20, "text-anchor": anchor }, label),
  ]);
  chart.replaceChildren(
    svg(
      "svg",
      { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": summary(shown) },
      ...scale,
      ...columns,
      ...marks,
    ),
  );
}

interface Mark {
  readonly x: number;
  readonly label: string;
}

/** Leaves out labels that would overlap an earlier one, or 0. Keeps those at the ends inside. */
function withoutOverlap(marks: readonly Mark[], width: number) {
  const taken: { readonly start: number; readonly end: number }[] = [];
  const byRank = [...marks].sort((a, b) => Number(b.label === "0") - Number(a.label === "0"));
  return byRank.flatMap((mark) => {
    const half = (mark.label.length * CHARACTER_PIXELS) / 2;
    const anchor = mark.x + half > width ? "end" : mark.x - half < 0 ? "start" : "middle";
    const start = anchor === "end" ? mark.x - 2 * half : anchor === "start" ? mark.x : mark.x - half;
    const end = start + 2 * half;
    if (taken.some((other) => start < other.end && end > other.start)) return [];
    taken.push({ start: start - LABEL_GAP_PIXELS, end: end + LABEL_GAP_PIXELS });
    return [{ ...mark, anchor }];
  });
}

/** The first of 2, 4, 6, 8, 10, 20, … that is large enough: even, so that its half is whole. */
function niceTop(count: number): number {
  for (let power = 1; ; power *= 10) {
    const top = [2, 4, 6, 8, 10].find((factor) => factor * power >= count);
    if (top !== undefined) return top * power;
  }
}

function describe({ from, to, count }: Bar): string {
  const where = from === to ? short(from) : `${short(from)} to ${short(to)}`;
  return `${where}: ${grouped(count)} ${count === 1 ? "number" : "numbers"}`;
}

function summary({ scale, bars }: Histogram): string {
  const fullest = bars.reduce((best, bar) => (bar.count > best.count ? bar : best));
  const [from, to] = [bars[0]?.from ?? "", bars.at(-1)?.to ?? ""];
  return `Histogram on a ${scale} axis from ${short(from)} to ${short(to)}. The highest bar: ${describe(fullest)}.`;
}

/** A literal without its middle, if it is too long for a label. */
function short(literal: string): string {
  if (literal.length <= MOST_LABEL_CHARACTERS) return literal;
  const half = MOST_LABEL_CHARACTERS / 2;
  return `${literal.slice(0, half)}…${literal.slice(1 - half)}`;
}

new ResizeObserver(draw).observe(chart);
