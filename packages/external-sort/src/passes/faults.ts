import { SortedError, sortJson, sortText } from "@sorted/core";
import { InputError, NotSortedError } from "../errors.ts";
import type { Disorder } from "../options.ts";
import type { SortTask } from "../threads/sort-task.ts";
import type { Piece } from "./pieces.ts";

/** What is wrong in a piece, first of all. */
export class PieceFault extends Error {
  readonly piece: Piece;
  /** How many line ends of the piece come before it. */
  readonly lineEnds: number;
  readonly #toError: (line: number) => Error;

  /** @param toError makes an error for the caller, who wants to know the line in the input */
  constructor(piece: Piece, lineEnds: number, toError: (line: number) => Error) {
    super("a piece is at fault");
    this.piece = piece;
    this.lineEnds = lineEnds;
    this.#toError = toError;
  }

  /** The same fault in a piece that the piece at hand is a part of, after so many line ends. */
  within(piece: Piece, lineEndsBefore: number): PieceFault {
    return new PieceFault(piece, lineEndsBefore + this.lineEnds, this.#toError);
  }

  /** The error for the caller. */
  toError(lineOfPiece: number): Error {
    return this.#toError(lineOfPiece + this.lineEnds);
  }
}

type ReadTask = Pick<SortTask, "grammar" | "maxDepth">;

/**
 * What is wrong in a piece that the kernel has declined, by the plain implementation; undefined where nothing is.
 *
 * @param whole prefix, body and suffix
 */
export function faultIn(
  piece: Piece,
  whole: Buffer,
  { grammar, maxDepth }: ReadTask,
): PieceFault | undefined {
  const bodyEnd = piece.prefix.length + piece.bodyBytes;
  // What comes next in the input belongs into the message; what closes a piece does not.
  const isLast = piece.gap.length === 0;
  const bytes = isLast ? whole : Buffer.concat([whole.subarray(0, bodyEnd), piece.gap.subarray(0, 1)]);
  const error = errorOf(bytes, grammar, { maxDepth });
  if (error === undefined || (!isLast && Number(error.offset) > bodyEnd)) return undefined;

  const { code, detail, pointer } = error;
  const offset = offsetIn(piece, error);
  // A piece that begins within a document does not know what leads to its values.
  const known = pointer !== undefined && piece.open.length === 0 ? { offset, pointer } : { offset };
  const lineEnds = lineEndsIn(whole.subarray(piece.prefix.length, error.offset));
  return new PieceFault(
    piece,
    lineEnds,
    (line) => new InputError(piece.input.name, new SortedError(code, detail, { ...known, line })),
  );
}

/** That the number with this index in a piece should not come after the one before it. */
export function disorderIn(
  piece: Piece,
  whole: Buffer,
  { grammar, maxDepth }: ReadTask,
  index: number,
  { number, previous }: Pick<Disorder, "number" | "previous">,
): PieceFault {
  const { offset, lineEnds } = placeOf(piece, whole, { grammar, maxDepth }, index);
  return new PieceFault(
    piece,
    lineEnds,
    (line) => new NotSortedError({ input: piece.input.name, line, offset, number, previous }),
  );
}

/** Where something is. */
export interface PlaceInPiece {
  /** Byte of the input. */
  readonly offset: number;
  /** Line ends of the piece before it. */
  readonly lineEnds: number;
}

/** Where the number with this index in a piece is; the beginning of the piece, if it has no such number. */
export function placeOf(
  piece: Piece,
  whole: Buffer,
  { grammar, maxDepth }: ReadTask,
  index: number,
): PlaceInPiece {
  const error = errorOf(whole, grammar, { maxDepth, maxNumbers: index });
  const found = error?.code === "TOO_MANY_NUMBERS" ? error : undefined;
  const start = piece.prefix.length;
  return {
    offset: offsetIn(piece, found),
    lineEnds: lineEndsIn(whole.subarray(start, found?.offset ?? start)),
  };
}

function errorOf(
  bytes: Buffer,
  grammar: SortTask["grammar"],
  limits: { readonly maxDepth: number; readonly maxNumbers?: number },
): SortedError | undefined {
  const sort = grammar === "json" ? sortJson : sortText;
  try {
    sort(bytes, { ...limits, limit: 0 });
    return undefined;
  } catch (error) {
    if (error instanceof SortedError) return error;
    throw error;
  }
}

function offsetIn(piece: Piece, error: SortedError | undefined): number {
  return piece.offset + Math.max(0, Number(error?.offset ?? 0) - piece.prefix.length);
}

/** The line ends of pieces, in whatever order they are counted. */
export class LineCount {
  readonly #counted: { readonly piece: Piece; readonly lineEnds: number }[] = [];

  /** @param lineEnds of the piece's body, and of the gap after it */
  add(piece: Piece, lineEnds: number): void {
    this.#counted.push({ piece, lineEnds });
  }

  /** The line, from 1, in which a piece begins; all pieces before must have been counted. */
  lineOf(piece: Piece): number {
    const before = this.#counted.filter(
      (it) => it.piece.input === piece.input && it.piece.offset < piece.offset,
    );
    return before.reduce((sum, { lineEnds }) => sum + lineEnds, 1);
  }
}

/** How many lines end in some bytes: with LF, CR or both. */
export function lineEndsIn(bytes: Uint8Array): number {
  let count = 0;
  bytes.forEach((byte, i) => {
    if (byte === 0x0a || (byte === 0x0d && bytes[i + 1] !== 0x0a)) count += 1;
  });
  return count;
}
