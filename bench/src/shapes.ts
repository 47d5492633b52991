import { KernelInstance } from "@sorted/core/kernel";
import { shapes } from "./loads.ts";
import { median } from "./median.ts";
import type { Section } from "./section.ts";
import { figure, table } from "./table.ts";

/** Nanoseconds per number, medians: of the kernel, and of the same work in plain JavaScript. */
export interface ShapeResult {
  readonly title: string;
  readonly kernel: number;
  readonly parsed: number;
}

const ROUNDS = 7;

/** Inputs that may be hard to sort, with the kernel and in plain JavaScript. */
export const shapesSection: Section<readonly ShapeResult[]> = {
  title: "Awkward shapes",
  measure: async () => Object.entries(shapes).map(([title, make]) => measureShape(title, make())),
  toMarkdown: (
    results,
  ) => `\`pnpm bench shapes\`, in one process, with a million numbers each (64 if tokens have 64 KB): the kernel, with the copy into
its memory, beside \`JSON.parse\`, the sort of a \`Float64Array\` and \`JSON.stringify\`.

${table([
  ["ns per number", "kernel", "JSON.parse, sort, JSON.stringify"],
  ...results.map(({ title, kernel, parsed }) => [title, figure(kernel), figure(parsed)]),
])}`,
  goals: (results) => [
    {
      title: "awkward shapes: times as fast as the JSON path, the slowest of them",
      goal: 1,
      measured: Math.min(...results.map(({ kernel, parsed }) => parsed / kernel)),
      bound: "at least",
    },
  ],
};

/** Sorts a body in this process in both ways, in turn. */
function measureShape(title: string, body: string): ShapeResult {
  const bytes = Buffer.from(body);
  const kernel = new KernelInstance();
  const times = { kernel: [] as number[], parsed: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    kernel.clear();
    kernel.append(bytes);
    if (!kernel.sort("json", {})) throw new Error(`the kernel declines: ${title}`);
    kernel.write("json");
    const middle = performance.now();
    sortParsed(bytes);
    times.kernel.push(middle - start);
    times.parsed.push(performance.now() - middle);
  }
  const perNumber = (durations: number[]) => (median(durations) * 1e6) / kernel.count;
  return { title, kernel: perNumber(times.kernel), parsed: perNumber(times.parsed) };
}

function sortParsed(bytes: Buffer): string {
  const document: unknown = JSON.parse(bytes.toString());
  const values = Object.values(Object(document)).flatMap((value) =>
    typeof value === "string" && value[0] === "[" ? JSON.parse(value) : value,
  );
  const numbers = Float64Array.from(values.flat(), Number);
  return JSON.stringify({ sorted: Array.from(numbers.sort()) });
}
