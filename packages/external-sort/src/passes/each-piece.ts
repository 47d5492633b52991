import type { KernelThread } from "../threads/kernel-thread.ts";
import { AmbiguousSeparators } from "./ambiguous-separators.ts";
import { LineCount, PieceFault } from "./faults.ts";
import type { Piece, PieceReader } from "./pieces.ts";
import type { Threads } from "./reading.ts";
import { together } from "./together.ts";

/** The fault that comes first in the inputs. */
export interface FirstFault {
  /** The piece that it is in. */
  readonly index: number;
  readonly error: Error;
}

/**
 * Lets the threads handle all pieces, several at a time.
 *
 * @param first the piece that is already in the first thread's memory
 * @param deal handles the piece in a thread's memory; returns how many lines end in it and in the gap after it
 */
export async function eachPiece(
  threads: Threads,
  reader: PieceReader,
  first: Piece | undefined,
  deal: (thread: KernelThread, piece: Piece) => Promise<number>,
): Promise<FirstFault | undefined> {
  const lines = new LineCount();
  const separators = new AmbiguousSeparators();
  let fault: PieceFault | undefined;
  await together(threads, async (thread, isStopped) => {
    let piece = thread === threads[0] ? first : undefined;
    for (;;) {
      // Work begun before a fault goes on: a fault that it finds would come first.
      if (piece === undefined && fault === undefined && !isStopped()) piece = await reader.next(thread);
      if (piece === undefined) return;
      separators.add(piece, thread.input);
      try {
        lines.add(piece, await deal(thread, piece));
      } catch (error) {
        if (!(error instanceof PieceFault)) throw error;
        if (fault === undefined || error.piece.index < fault.piece.index) fault = error;
        return;
      }
      piece = undefined;
    }
  });
  const ambiguity = separators.firstFault();
  if (ambiguity !== undefined && (fault === undefined || isBefore(ambiguity, fault))) fault = ambiguity;
  return fault && { index: fault.piece.index, error: fault.toError(lines.lineOf(fault.piece)) };
}

function isBefore(a: PieceFault, b: PieceFault): boolean {
  return a.piece.index < b.piece.index || (a.piece.index === b.piece.index && a.offset < b.offset);
}
