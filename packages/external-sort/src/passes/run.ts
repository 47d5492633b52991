import type { Samples } from "../threads/sort-task.ts";

/** Sorted numbers, one per line, somewhere in a file. */
export interface Run {
  /** Where it begins in the file. */
  readonly start: number;
  readonly length: number;
  /** Some of its numbers. Their positions count from its beginning. */
  readonly samples: Samples;
}

/** The file of the runs. */
export interface RunFile {
  read(buffer: Uint8Array, position: number): Promise<unknown>;
}

/** The part of each run from `starts[i]` to `ends[i]`, as positions in the file. */
export interface Range {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Whether all of its numbers are known to be equal. */
  readonly isEqual: boolean;
}

/** How many bytes a range has. */
export function lengthOf({ starts, ends }: Range): number {
  return ends.reduce((sum, end, i) => sum + end - Number(starts[i]), 0);
}
