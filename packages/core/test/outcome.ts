import { type ErrorCode, SortedError } from "../src/index.ts";
import type { Sorted } from "./implementation.ts";

/** What came of an input: the numbers that came back, or the error. */
export type Outcome = Answer | Fault;

interface Answer {
  readonly literals: readonly string[];
}

export interface Fault {
  readonly code: ErrorCode;
  readonly offset: number | undefined;
  readonly pointer: string | undefined;
  readonly line: number | undefined;
}

/** Runs `sort`; errors that are not the contract's pass through. */
export function outcomeOf(sort: () => Sorted): Outcome {
  try {
    return { literals: [...sort().literals()] };
  } catch (error) {
    if (!(error instanceof SortedError)) throw error;
    const { code, offset, pointer, line } = error;
    return { code, offset, pointer, line };
  }
}
