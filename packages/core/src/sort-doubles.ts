import type { SortOptions } from "./options.ts";

/** An array of at least so many numbers is copied to a Float64Array and sorted there. For fewer, the copy costs more than it saves. */
const MANY = 48;

/**
 * Sorts an array that holds nothing but finite JavaScript numbers, with the engine's own sort of doubles where that is
 * the fastest: a double and the decimal that `String` prints for it have the same order. Takes O(n) for numbers in order.
 *
 * @returns undefined where something else is among them
 */
export function sortDoubles(
  values: ArrayLike<unknown>,
  { order, unique, limit }: SortOptions,
): number[] | undefined {
  const doubles = values.length < MANY ? new Array<number>(values.length) : new Float64Array(values.length);
  let isAscending = true;
  let isDescending = true;
  let hasNegativeZero = false;
  let previous = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    // Infinity and NaN less themselves are NaN.
    if (typeof value !== "number" || value - value !== 0) return undefined;
    doubles[i] = value;
    if (i > 0) {
      if (value < previous) isAscending = false;
      else if (value > previous) isDescending = false;
    }
    if (value === 0 && 1 / value < 0) hasNegativeZero = true;
    previous = value;
  }
  if (!isAscending) {
    if (isDescending) doubles.reverse();
    else if (Array.isArray(doubles)) insertionSort(doubles);
    else doubles.sort();
  }
  if (order === "desc") doubles.reverse();
  if (hasNegativeZero) restoreZeros(doubles, values);
  return toArray(doubles, unique, limit);
}

function insertionSort(doubles: number[]): void {
  for (let i = 1; i < doubles.length; i += 1) {
    const value = doubles[i] as number;
    let place = i;
    for (; place > 0 && (doubles[place - 1] as number) > value; place -= 1)
      doubles[place] = doubles[place - 1] as number;
    doubles[place] = value;
  }
}

/** 0 and -0 are equal, so they keep their order; nothing else that is equal can be told apart. */
function restoreZeros(sorted: number[] | Float64Array, values: ArrayLike<unknown>): void {
  let place = sorted.indexOf(0);
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] === 0) {
      sorted[place] = values[i] as number;
      place += 1;
    }
  }
}

function toArray(sorted: number[] | Float64Array, unique: boolean | undefined, limit = Infinity): number[] {
  if (!unique && limit >= sorted.length && Array.isArray(sorted)) return sorted;
  const kept = unique ? sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]) : sorted;
  const length = Math.min(kept.length, limit);
  const array = new Array<number>(length);
  for (let i = 0; i < length; i += 1) array[i] = kept[i] as number;
  return array;
}
