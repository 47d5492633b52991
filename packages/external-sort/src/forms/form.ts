import type { FormOptions, Grammar } from "@sorted/core/kernel";

/** How to read a piece, as if it were a whole input. */
export interface PieceForm extends FormOptions {
  readonly grammar: Grammar;
}

/**
 * How to cut an input of some form into pieces that can be sorted by themselves. A piece has content, which is a part of
 * the input. Between the content of two pieces there is no number. Content may need text before and after it to become a
 * whole, such as a document or a table.
 */
export interface Form {
  /** How to read the first piece. Only this piece may have headings. */
  readonly first: PieceForm;
  /** How to read the other pieces. */
  readonly later: PieceForm;
  /** Where the headings at the beginning of the first piece's content end. Absent if there are none. */
  endOfHeadings?(content: Buffer): number | undefined;
  /**
   * Finds a place to cut near `goal`.
   *
   * @param content the rest of the input from the beginning of the current piece, as far as it has been read
   * @returns where to cut; `fault` if the content has a fault, so that the caller should look at it uncut; undefined if
   *   there is no such place
   */
  cut(content: Buffer, goal: number, beginning: Beginning): Cut | "fault" | undefined;
  /**
   * Finds a place to cut in bytes from anywhere in the input after its first piece; undefined if this needs all the
   * bytes before. Absent if it always does.
   */
  cutAnywhere?(window: Buffer): Cut | undefined;
}

/** The facts about the place where the content of a piece begins. */
export interface Beginning {
  /** Whether it is the beginning of the input. */
  readonly isFirst: boolean;
  /** The brackets that are open there, as their closing brackets. */
  readonly open: readonly number[];
  /** Whether it is also the beginning of a line. */
  readonly startsLine: boolean;
  /** Whether only a comma is between the last digit of the content before and the first digit of this. */
  readonly isBetweenDigits: boolean;
  /** The text before the content that makes it a whole. */
  readonly prefix: Uint8Array;
}

/** Where a piece ends and the next one begins. */
export interface Cut {
  /** Where the content ends. */
  readonly end: number;
  /** The text after the content that makes it a whole. */
  readonly suffix: Uint8Array;
  /** Where the content of the next piece begins. */
  readonly next: number;
  /** The facts about that place. */
  readonly beginning: Beginning;
}

export const NOTHING = new Uint8Array();

/** The beginning of an input. */
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
