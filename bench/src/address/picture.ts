/** The picture of a measurement: answers per second and latency by the number of connections. */
import { percentile, type StepResult } from "./measure.ts";

interface Series {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
}

const width = 420;
const height = 240;
const left = 70;
const top = 90;
const between = 90;

/** @param title what was measured, where and when */
export function picture(title: string, results: readonly StepResult[]): string {
  const latency = (name: string, colour: string, share: number): Series => ({
    name,
    colour,
    values: results.map((result) => percentile(result, share)),
  });
  const steps = results.map(({ connections }) => connections);
  const panels = [
    panel(left, "right answers per second", steps, [
      { name: "", colour: "#0969da", values: results.map(({ rate }) => rate) },
    ]),
    panel(left + width + between, "latency, ms", steps, [
      latency("99 %", "#cf222e", 0.99),
      latency("90 %", "#9a6700", 0.9),
      latency("median", "#1a7f37", 0.5),
    ]),
  ];
  const [fullWidth, fullHeight] = [left + 2 * width + between + 40, top + height + 70];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${fullWidth} ${fullHeight}" width="${fullWidth}" height="${fullHeight}" role="img">
<title>${escaped(title)}</title>
<style>
text { font: 13px system-ui, "Segoe UI", Helvetica, Arial, "DejaVu Sans", sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.grid { stroke: #d1d9e0 }
</style>
<rect width="100%" height="100%" rx="12" fill="#ffffff"/>
${text(left, 36, title, "start", 'class="title"')}
${panels.join("\n")}
</svg>
`;
}

/** A chart whose vertical axis starts at zero, with equal distances between the steps. */
function panel(x: number, title: string, steps: readonly number[], series: readonly Series[]): string {
  const highest = Math.max(...series.flatMap(({ values }) => values).filter(Number.isFinite), 0);
  const tick = tickOf(highest);
  const ticks = Math.max(Math.ceil(highest / tick), 1);
  const across = (i: number) => round(x + (width * (i + 0.5)) / steps.length);
  const up = (value: number) => round(top + height - (height * value) / (tick * ticks));
  const grid = Array.from({ length: ticks + 1 }, (_, i) => i * tick).flatMap((value) => [
    `<line class="grid" x1="${x}" x2="${x + width}" y1="${up(value)}" y2="${up(value)}"/>`,
    text(x - 8, up(value) + 4, Number(value.toPrecision(3)).toLocaleString("en"), "end"),
  ]);
  const names = steps.map((step, i) => text(across(i), top + height + 22, String(step), "middle"));
  return [
    text(x, top - 18, title, "start"),
    ...series.map(({ name, colour }, i) => {
      const right = x + width - 60 * i;
      return text(right, top - 18, name, "end", `style="fill: ${colour}"`);
    }),
    ...grid,
    ...names,
    text(x + width / 2, top + height + 46, "connections", "middle"),
    ...series.map((each) => line(each, across, up)),
  ].join("\n");
}

function line(
  { colour, values }: Series,
  across: (step: number) => number,
  up: (value: number) => number,
): string {
  const points = values.flatMap((value, i) =>
    Number.isFinite(value) ? [[across(i), up(value)] as const] : [],
  );
  return [
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map((point) => point.join()).join(" ")}"/>`,
    ...points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="4" fill="${colour}"/>`),
  ].join("\n");
}

/** A round distance of the grid's lines, for three to eight of them. */
function tickOf(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(highest || 1));
  return [0.2, 0.5, 1, 2].map((factor) => factor * power).find((tick) => highest / tick <= 6) ?? power;
}

function text(x: number, y: number, words: string, anchor: "start" | "middle" | "end", more = ""): string {
  return `<text ${more && `${more} `}x="${x}" y="${y}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const round = (pixels: number) => Math.round(pixels * 10) / 10;
