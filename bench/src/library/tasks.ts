/** What is measured of `@sorted/core`, beside its peers. It runs in Node and in browsers. */
import { compareNumbers, sortJson, sortNumbers } from "@sorted/core";
import { Decimal } from "decimal.js";
import { isLosslessNumber, parse } from "lossless-json";
import { numberSortAscending } from "num-sort";
import { median } from "../median.ts";
import { createRandom } from "../random.ts";

const MILLION = 1_000_000;
/** Slower peers get fewer values, as their times grow with the number of values. */
const MIXED = 200_000;

/** The ways to do one thing, by name. Each run returns something, so that no engine leaves it out. */
interface Task {
  readonly title: string;
  /** How many values each way works through. */
  readonly count: number;
  readonly ways: { readonly [name: string]: () => unknown };
}

/** The names of the ways that goals are about. */
export const OURS = "@sorted/core";
export const FLOAT64_ARRAY = "a copy to a Float64Array, sorted";
export const ARRAY_SORT = "array.sort((x, y) => x - y)";
export const SORT_JSON = "sortJson of the same as text";
export const SUBTRACTION = "a subtraction";

export const MIXED_TITLE = "numbers, bigints, strings";
export const COMPARISON_TITLE = "two numbers, compared";
export const RANDOM_TITLE = "random doubles";

/** All tasks, each with its values. */
function makeTasks(): readonly Task[] {
  const random = createRandom(12345);
  const doubles = Array.from({ length: MILLION }, random);
  const ordered = doubles.toSorted((x, y) => x - y);
  const nearlyOrdered = ordered.slice();
  for (let i = 0; i < MILLION / 100; i += 1) nearlyOrdered[Math.floor(random() * MILLION)] = random();
  const mixed = Array.from({ length: MIXED }, (_, i) => {
    if (i % 3 === 0) return random();
    return i % 3 === 1 ? BigInt(Math.floor(random() * 2 ** 52)) : (random() * 1e6).toFixed(3);
  });
  return [
    doublesTask(RANDOM_TITLE, doubles),
    doublesTask("doubles in order", ordered),
    doublesTask("doubles, 1 % out of order", nearlyOrdered),
    mixedTask(mixed),
    comparisonTask(doubles),
  ];
}

function doublesTask(title: string, doubles: readonly number[]): Task {
  return {
    title,
    count: doubles.length,
    ways: {
      [OURS]: () => sortNumbers(doubles),
      [FLOAT64_ARRAY]: () => Float64Array.from(doubles).sort(),
      [ARRAY_SORT]: () => doubles.toSorted((x, y) => x - y),
      "num-sort": () => doubles.toSorted(numberSortAscending),
    },
  };
}

function mixedTask(values: readonly (number | bigint | string)[]): Task {
  const text = `[${values.join()}]`;
  return {
    title: MIXED_TITLE,
    count: values.length,
    ways: {
      [OURS]: () => sortNumbers(values),
      [SORT_JSON]: () => sortJson(text).toBytes("json"),
      "decimal.js": () =>
        values.map((value) => new Decimal(String(value))).sort((one, other) => one.comparedTo(other)),
      "lossless-json, compared by decimal.js": () =>
        losslessNumbers(text)
          .map((literal) => new Decimal(literal))
          .sort((one, other) => one.comparedTo(other)),
    },
  };
}

/** The literals of a JSON array, as lossless-json keeps them. */
function losslessNumbers(text: string): string[] {
  const document = parse(text);
  if (!Array.isArray(document)) throw new TypeError("the text is not an array");
  return document.map((value) => (isLosslessNumber(value) ? value.value : String(value)));
}

function comparisonTask(doubles: readonly number[]): Task {
  const compareAll = (compare: (one: number, other: number) => number) => {
    let sum = 0;
    for (let i = 1; i < doubles.length; i += 1) sum += compare(doubles[i - 1] ?? 0, doubles[i] ?? 0);
    return sum;
  };
  return {
    title: COMPARISON_TITLE,
    count: doubles.length,
    ways: {
      [OURS]: () => compareAll(compareNumbers),
      [SUBTRACTION]: () => compareAll((one, other) => one - other),
    },
  };
}

/** How long each way took, in nanoseconds per value. */
export interface TaskResult {
  readonly title: string;
  readonly nanoseconds: { readonly [way: string]: number };
}

/** Measures all tasks: each way in turn, round after round, and the median of the rounds after the first. */
export function measureTasks(rounds: number): readonly TaskResult[] {
  return makeTasks().map(({ title, count, ways }) => {
    const times = Object.fromEntries(Object.keys(ways).map((name) => [name, [] as number[]]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, run] of Object.entries(ways)) {
        const start = performance.now();
        run();
        if (round > 0) times[name]?.push(performance.now() - start);
      }
    }
    const perValue = (list: readonly number[]) => (median(list) * 1e6) / count;
    return {
      title,
      nanoseconds: Object.fromEntries(Object.entries(times).map(([name, list]) => [name, perValue(list)])),
    };
  });
}
