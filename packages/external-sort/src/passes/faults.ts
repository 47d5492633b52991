import { SortedError, sortJson, sortText } from "@sorted/core";
import type { SortTask } from "../threads/sort-task.ts";
import type { Piece } from "./pieces.ts";

/** The first fault of a piece. */
export class PieceFault extends Error {
  readonly piece: Piece;
  /** Its offset is that in the input. */
  readonly error: SortedError;
  /** How many line ends of the piece come before it. */
  readonly lineEnds: number;

  constructor(piece: Piece, error: SortedError, lineEnds: number) {
    super(error.message);
    this.piece = piece;
    this.error = error;
    this.lineEnds = lineEnds;
  }
}

/**
 * What is wrong in a piece that the kernel has declined, by the plain implementation; undefined where nothing is.
 *
 * @param whole prefix, body and suffix
 */
export function faultIn(
  piece: Piece,
  whole: Buffer,
  { grammar, maxDepth }: Pick<SortTask, "grammar" | "maxDepth">,
): PieceFault | undefined {
  const sort = grammar === "json" ? sortJson : sortText;
  const bodyEnd = piece.prefix.length + piece.bodyBytes;
  // What comes next in the input belongs into the message; what closes a piece does not.
  const isLast = piece.gap.length === 0;
  const bytes = isLast ? whole : Buffer.concat([whole.subarray(0, bodyEnd), piece.gap.subarray(0, 1)]);
  try {
    sort(bytes, { maxDepth, limit: 0 });
    return undefined;
  } catch (error) {
    if (!(error instanceof SortedError)) throw error;
    return !isLast && Number(error.offset) > bodyEnd ? undefined : placed(piece, whole, error);
  }
}

function placed(piece: Piece, whole: Buffer, { code, detail, place }: SortedError): PieceFault {
  const { offset = 0, pointer } = place;
  const before = whole.subarray(piece.prefix.length, offset);
  const isExact = pointer !== undefined && piece.open.length === 0;
  const error = new SortedError(code, detail, {
    offset: piece.offset + offset - piece.prefix.length,
    ...(isExact ? { pointer } : {}),
  });
  return new PieceFault(piece, error, lineEndsIn(before));
}

/** How many lines end in some bytes: with LF, CR or both. */
export function lineEndsIn(bytes: Uint8Array): number {
  let count = 0;
  bytes.forEach((byte, i) => {
    if (byte === 0x0a || (byte === 0x0d && bytes[i + 1] !== 0x0a)) count += 1;
  });
  return count;
}
