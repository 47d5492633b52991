import type { NumberTable } from "./number-table.ts";
import type { SortOptions } from "./options.ts";

/**
 * The numbers of a table in the order that the options ask for, as indices into it. The sort is stable.
 *
 * Takes O(log n) passes of merging. In each, what a comparison costs is linear in the literal that it puts in its place,
 * as it is linear in the shorter of two: so a few long literals among many short ones cost no more than their length.
 */
export function sortedIndices(table: NumberTable, { order, unique, limit }: SortOptions): Uint32Array {
  const direction = order === "desc" ? -1 : 1;
  const indices = new Uint32Array(table.count).map((_, i) => i);
  indices.sort((i, j) => direction * table.compare(i, j) || i - j);
  const kept = unique ? withoutRepetition(indices, table) : indices;
  return kept.subarray(0, limit);
}

function withoutRepetition(sorted: Uint32Array, table: NumberTable): Uint32Array {
  return sorted.filter((index, position) => {
    const previous = sorted[position - 1];
    return previous === undefined || table.compare(previous, index) !== 0;
  });
}
