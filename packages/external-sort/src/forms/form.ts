import type { FormOptions, Grammar } from "@sorted/core/kernel";

/** How a piece is to be read, as a whole input would be. */
export interface PieceForm extends FormOptions {
  readonly grammar: Grammar;
}

/**
 * How an input of some form is cut into pieces that can be sorted by themselves. A piece has a body, which is a part of the
 * input; what stands between two bodies holds no number. Something may have to be put before and after a body to make it a
 * whole: a document, a table.
 */
export interface Form {
  /** How the first piece is read, which alone may have headings. */
  readonly first: PieceForm;
  /** How the other pieces are read. */
  readonly later: PieceForm;
  /** Where the headings end that the body of the first piece begins with. Absent where there are none. */
  endOfHeadings?(body: Buffer): number | undefined;
  /**
   * Finds a place to cut near `goal`.
   *
   * @param body the rest of the input, from the beginning of the piece at hand on, as far as it has been read
   * @returns where to cut; `fault` where the body is at fault, so that it should be looked at as it is; undefined where
   *   there is no such place
   */
  cut(body: Buffer, goal: number, beginning: Beginning): Cut | "fault" | undefined;
  /**
   * Finds a place to cut in some bytes from anywhere in the input, after its first piece; undefined where that can't be told
   * without all that comes before. Absent where it never can.
   */
  cutAnywhere?(window: Buffer): Cut | undefined;
}

/** What is known of the place where a body begins. */
export interface Beginning {
  /** Whether it is the input's. */
  readonly isFirst: boolean;
  /** The brackets that are open there, by what closes them. */
  readonly open: readonly number[];
  /** Whether it is the beginning of a line, too. */
  readonly startsLine: boolean;
  /** Whether nothing but a comma is between two digits there: the last one of the body before, and this one's first. */
  readonly isBetweenDigits: boolean;
  /** What makes the body a whole, before it. */
  readonly prefix: Uint8Array;
}

/** Where a piece ends and the next one begins. */
export interface Cut {
  /** Where the body ends. */
  readonly end: number;
  /** What makes the body a whole, after it. */
  readonly suffix: Uint8Array;
  /** Where the next body begins. */
  readonly next: number;
  /** What is known of that place. */
  readonly beginning: Beginning;
}

export const NOTHING = new Uint8Array();

/** Where an input begins. */
export const BEGINNING: Beginning = {
  isFirst: true,
  open: [],
  startsLine: true,
  isBetweenDigits: false,
  prefix: NOTHING,
};

const SPACES: readonly number[] = [0x20, 0x0a, 0x0d, 0x09];

/** White space, in every form of input. */
export function isSpace(byte = 0): boolean {
  return SPACES.includes(byte);
}

export function isDigit(byte = 0): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

export function isLineEnd(byte = 0): boolean {
  return byte === 0x0a || byte === 0x0d;
}
