import { SortedError, sortCsv, sortJson, sortJsonLines, sortText, sortTsv } from "@sorted/core";
import { InputError, NotSortedError } from "../errors.ts";
import type { Disorder } from "../options.ts";
import { lineFeedsIn } from "../threads/read-input.ts";
import type { SortTask } from "../threads/sort-task.ts";
import { formOfPiece, type Piece } from "./pieces.ts";

/** The first fault in a piece. */
export class PieceFault extends Error {
  readonly piece: Piece;
  /** Its place in the input. */
  readonly offset: number;
  /** How many line ends of the piece come before it. */
  readonly lineEnds: number;
  readonly #toError: (line: number) => Error;

  /** @param toError makes an error for the caller, from the line in the input */
  constructor(piece: Piece, offset: number, lineEnds: number, toError: (line: number) => Error) {
    super("a piece is at fault");
    this.piece = piece;
    this.offset = offset;
    this.lineEnds = lineEnds;
    this.#toError = toError;
  }

  /** The same fault in a larger piece that this piece is a part of, after this many line ends. */
  within(piece: Piece, lineEndsBefore: number): PieceFault {
    return new PieceFault(piece, this.offset, lineEndsBefore + this.lineEnds, this.#toError);
  }

  /** The error for the caller. */
  toError(lineOfPiece: number): Error {
    return this.#toError(lineOfPiece + this.lineEnds);
  }
}

type ReadTask = Pick<SortTask, "maxDepth">;

const SORTS = {
  text: sortText,
  csv: sortCsv,
  tsv: sortTsv,
  json: sortJson,
  "json-lines": sortJsonLines,
};

/**
 * The fault in a piece that the kernel has declined, found by the plain implementation; undefined if there is none.
 *
 * @param whole prefix, content and suffix
 */
export function faultIn(piece: Piece, whole: Buffer, { maxDepth }: ReadTask): PieceFault | undefined {
  const contentEnd = piece.prefix.length + piece.contentBytes;
  // The message should include what follows in the input, but not the text that closes a piece.
  const isLast = piece.gap.length === 0;
  const bytes = isLast ? whole : Buffer.concat([whole.subarray(0, contentEnd), piece.gap.subarray(0, 1)]);
  const error = errorOf(bytes, piece, { maxDepth });
  if (error === undefined || (!isLast && Number(error.offset) > contentEnd)) return undefined;

  const { code, detail, pointer, column } = error;
  const offset = offsetIn(piece, whole, error);
  const lineEnds = lineEndsIn(whole.subarray(piece.prefix.length, error.offset), piece);
  const known = {
    offset,
    // A piece that begins within a document, or within a line, does not know what comes before it.
    ...(pointer !== undefined && piece.open.length === 0 ? { pointer } : {}),
    ...(column !== undefined && piece.form.first.grammar !== "text" && (piece.startsLine || lineEnds > 0)
      ? { column }
      : {}),
  };
  return new PieceFault(piece, offset, lineEnds, (line) => {
    const words = line === 1 ? detailInLine1(piece, bytes, { maxDepth }, detail) : detail;
    return new InputError(piece.input.name, new SortedError(code, words, { ...known, line }));
  });
}

/** The detail of a fault in line 1 may say that the line holds headings: read as if the piece did not begin a line. */
function detailInLine1(piece: Piece, bytes: Buffer, limits: ReadTask, detail: string): string {
  if (!Buffer.from("\n").equals(piece.prefix)) return detail;
  const inLine1 = Buffer.concat([Buffer.from(" "), bytes.subarray(piece.prefix.length)]);
  return errorOf(inLine1, piece, limits)?.detail ?? detail;
}

/** The number with this index in a piece should not come after the one before it. */
export function disorderIn(
  piece: Piece,
  whole: Buffer,
  { maxDepth }: ReadTask,
  index: number,
  { number, previous }: Pick<Disorder, "number" | "previous">,
): PieceFault {
  const { offset, lineEnds } = placeOf(piece, whole, { maxDepth }, index);
  return new PieceFault(
    piece,
    offset,
    lineEnds,
    (line) => new NotSortedError({ input: piece.input.name, line, offset, number, previous }),
  );
}

/** A place in a piece. */
export interface PlaceInPiece {
  /** Byte of the input. */
  readonly offset: number;
  /** Line ends of the piece before it. */
  readonly lineEnds: number;
}

/** The place of the number with this index, or the beginning of the piece if it has no such number. */
export function placeOf(piece: Piece, whole: Buffer, { maxDepth }: ReadTask, index: number): PlaceInPiece {
  const error = errorOf(whole, piece, { maxDepth, maxNumbers: index });
  const found = error?.code === "TOO_MANY_NUMBERS" ? error : undefined;
  const start = piece.prefix.length;
  return {
    offset: offsetIn(piece, whole, found),
    lineEnds: lineEndsIn(whole.subarray(start, found?.offset ?? start), piece),
  };
}

function errorOf(
  bytes: Buffer,
  piece: Piece,
  limits: { readonly maxDepth: number; readonly maxNumbers?: number },
): SortedError | undefined {
  const { grammar, ...options } = formOfPiece(piece);
  try {
    SORTS[grammar](bytes, { ...options, ...limits, limit: 0 });
    return undefined;
  } catch (error) {
    if (error instanceof SortedError) return error;
    throw error;
  }
}

function offsetIn({ input, offset, prefix }: Piece, whole: Buffer, error: SortedError | undefined): number {
  const end = Math.max(prefix.length, Number(error?.offset ?? 0));
  return offset + input.bytesOf(whole.subarray(prefix.length, end));
}

/** Counts the line ends of pieces, in any order. */
export class LineCount {
  readonly #counted: { readonly piece: Piece; readonly lineEnds: number }[] = [];

  /** @param lineEnds of the piece's content, and of the gap after it */
  add(piece: Piece, lineEnds: number): void {
    this.#counted.push({ piece, lineEnds });
  }

  /** The line, from 1, in which a piece begins. All earlier pieces must have been counted. */
  lineOf(piece: Piece): number {
    const before = this.#counted.filter(
      (it) => it.piece.input === piece.input && it.piece.offset < piece.offset,
    );
    return before.reduce((sum, { lineEnds }) => sum + lineEnds, 1);
  }
}

/** How many lines end in a piece and the gap after it, from the count of its prefix, content and suffix. */
export function lineEndsOf(piece: Piece, lineEnds: number): number {
  return lineEnds - lineEndsIn(piece.prefix, piece) + lineEndsIn(piece.gap, piece);
}

/** How many lines end in these bytes of a piece: with LF, CR or both; in JSON Lines, with LF. */
export function lineEndsIn(bytes: Uint8Array, { form }: Piece): number {
  if (form.first.grammar === "json-lines") return lineFeedsIn(bytes);
  let count = 0;
  bytes.forEach((byte, i) => {
    if (byte === 0x0a || (byte === 0x0d && bytes[i + 1] !== 0x0a)) count += 1;
  });
  return count;
}
