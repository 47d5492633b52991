import type { Grammar } from "@sorted/core/kernel";

/**
 * How an input of some form is cut into pieces that can be sorted by themselves. A piece has a body, which is a part of the
 * input; what stands between two bodies holds no number. Something may have to be put before and after a body to make it a
 * whole: a document.
 */
export interface Form {
  /** How the kernel reads a piece. */
  readonly grammar: Grammar;
  /**
   * Finds a place to cut near `goal`.
   *
   * @param body the rest of the input, from the beginning of the piece at hand on, as far as it has been read
   * @param open the brackets that were open there, by what closes them
   * @returns where to cut; `fault` where the body is at fault, so that it should be looked at as it is; undefined where
   *   there is no such place
   */
  cut(body: Buffer, goal: number, open: readonly number[]): Cut | "fault" | undefined;
}

/** Where a piece ends and the next one begins. */
export interface Cut {
  /** Where the body ends. */
  readonly end: number;
  /** What makes the body a whole, after it. */
  readonly suffix: Uint8Array;
  /** Where the next body begins. */
  readonly next: number;
  /** What makes the next body a whole, before it. */
  readonly prefix: Uint8Array;
  /** The brackets that are open where the next body begins, by what closes them. */
  readonly open: readonly number[];
}

export const NOTHING = new Uint8Array();
