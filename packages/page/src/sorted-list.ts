import { compareNumbers } from "@sorted/core";

/** Numbers in ascending order, as literals. */
export interface AscendingList {
  readonly count: number;
  literal(index: number): string;
}

/** How many numbers are less than `edge`, compared exactly. */
export function countBelow(list: AscendingList, edge: string): number {
  return partition(list, (literal) => compareNumbers(literal, edge) < 0);
}

/** How many numbers are `edge` or less. */
export function countUpTo(list: AscendingList, edge: string): number {
  return partition(list, (literal) => compareNumbers(literal, edge) <= 0);
}

/** How many numbers at the start have a property that no later number has. */
function partition(list: AscendingList, isBefore: (literal: string) => boolean): number {
  let low = 0;
  let high = list.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(list.literal(middle))) low = middle + 1;
    else high = middle;
  }
  return low;
}
