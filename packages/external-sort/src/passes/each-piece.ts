import type { KernelThread } from "../threads/kernel-thread.ts";
import { LineCount, PieceFault } from "./faults.ts";
import type { Piece, PieceReader } from "./pieces.ts";
import type { Threads } from "./reading.ts";
import { together } from "./together.ts";

/**
 * Has all pieces dealt with by the threads, several at a time.
 *
 * @param first the piece that the first thread holds already
 * @param deal deals with the piece in a thread's memory; returns how many lines end in it and in the gap after it
 * @returns the lines of the pieces
 * @throws for the fault that comes first in the input
 */
export async function eachPiece(
  threads: Threads,
  reader: PieceReader,
  first: Piece | undefined,
  deal: (thread: KernelThread, piece: Piece) => Promise<number>,
): Promise<LineCount> {
  const lines = new LineCount();
  let fault: PieceFault | undefined;
  await together(threads, async (thread, isStopped) => {
    let piece = thread === threads[0] ? first : undefined;
    for (;;) {
      // What was begun before a fault is finished: its own fault would come first.
      if (piece === undefined && fault === undefined && !isStopped()) piece = await reader.next(thread);
      if (piece === undefined) return;
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
  if (fault !== undefined) throw fault.toError(lines.lineOf(fault.piece));
  return lines;
}
