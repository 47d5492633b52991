/** `@sorted/core` as a library, beside other ways to sort JavaScript values: `pnpm bench library`. */
import type { Goal } from "../page/goals.ts";
import type { Section } from "../section.ts";
import { figure, table } from "../table.ts";
import { measureInChromium } from "./in-chromium.ts";
import {
  ARRAY_SORT,
  COMPARISON_TITLE,
  FLOAT64_ARRAY,
  MIXED_TITLE,
  measureTasks,
  OURS,
  RANDOM_TITLE,
  SORT_JSON,
  SUBTRACTION,
  type TaskResult,
} from "./tasks.ts";

/** The results in each engine that was there. */
type LibraryResult = { readonly [engine: string]: readonly TaskResult[] };

export const librarySection: Section<LibraryResult> = {
  title: "The library",
  async measure({ rounds }) {
    const inChromium = await measureInChromium(rounds);
    return { Node: measureTasks(rounds), ...(inChromium && { Chromium: inChromium }) };
  },
  toMarkdown: (
    results,
    { rounds },
  ) => `\`pnpm bench library\`: a million doubles, 200,000 mixed values. Medians of ${rounds} rounds in which all take turns, after one to
warm up. \`${OURS}\`, decimal.js and lossless-json are exact.

${table([
  ["ns per value", ...Object.keys(results)],
  ...rowsOf(results).map(({ task, way, times }) => [`${task}: ${code(way)}`, ...times.map(figure)]),
])}`,
  goals: (results) => Object.entries(results).flatMap(([engine, tasks]) => goalsIn(engine, tasks)),
};

/** Names that are code are printed as such. */
function code(way: string): string {
  return /[.@](?!js)\w/.test(way) ? `\`${way}\`` : way;
}

/** A row for each way of each task, with its time in each engine. */
function rowsOf(results: LibraryResult) {
  const [first = []] = Object.values(results);
  return first.flatMap(({ title, nanoseconds }, i) =>
    Object.keys(nanoseconds).map((way) => ({
      task: title,
      way,
      times: Object.values(results).map((tasks) => tasks[i]?.nanoseconds[way] ?? Number.NaN),
    })),
  );
}

/** The aims: how many times as long as a peer each task may take. */
const aims: readonly {
  readonly task: (title: string) => boolean;
  readonly peer: string;
  readonly aim: number;
}[] = [
  { task: (title) => title === RANDOM_TITLE, peer: FLOAT64_ARRAY, aim: 1.3 },
  { task: (title) => title.includes("doubles"), peer: ARRAY_SORT, aim: 1 },
  { task: (title) => title === MIXED_TITLE, peer: SORT_JSON, aim: 3 },
  { task: (title) => title === COMPARISON_TITLE, peer: SUBTRACTION, aim: 2 },
];

function goalsIn(engine: string, tasks: readonly TaskResult[]): readonly Goal[] {
  return aims.flatMap(({ task, peer, aim }) =>
    tasks
      .filter(({ title }) => task(title))
      .map(({ title, nanoseconds }) => ({
        title: `${engine}, ${title}: times as long as ${code(peer)}`,
        goal: aim,
        measured: (nanoseconds[OURS] ?? Number.NaN) / (nanoseconds[peer] ?? Number.NaN),
        bound: "at most",
      })),
  );
}
