import { NotSortedError } from "./errors.ts";
import type { CheckSortedOptions, CheckSortedResult } from "./options.ts";
import { type CheckedPiece, checkPiece, disorderBetween, type PieceCheck } from "./passes/check-piece.ts";
import { eachPiece } from "./passes/each-piece.ts";
import { Reading } from "./passes/reading.ts";
import { ProgressMeter } from "./progress.ts";

/**
 * Checks whether the numbers of the inputs, one input after the other, are in order; with `unique`, also whether each
 * number differs from the one before it. Reads each input once, up to the first number that is not in order.
 *
 * @throws {InputError} for a fault before the first number that is not in order; also what `sortFiles` throws
 */
export async function checkSorted(options: CheckSortedOptions): Promise<CheckSortedResult> {
  const { signal } = options;
  signal?.throwIfAborted();
  const reading = await Reading.open(options);
  const stop = () => void reading.stop();
  signal?.addEventListener("abort", stop);
  try {
    return { sorted: true, numbers: await check(reading, options) };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof NotSortedError) return { sorted: false, disorder: error.disorder };
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    await reading.close();
  }
}

/** @throws {NotSortedError} */
async function check(reading: Reading, options: CheckSortedOptions): Promise<number> {
  const { order = "asc", unique = false, maxDepth = 512, onProgress } = options;
  const { threads, reader, plan, bytes } = reading;
  const task: PieceCheck = { order, unique, maxDepth, maxNumbers: plan.maxNumbers };
  const progress = new ProgressMeter(onProgress);
  progress.begin("read", bytes);
  const checked: CheckedPiece[] = [];
  const first = await reading.first();
  const fault = await eachPiece(threads, reader, first, async (thread, piece) => {
    const found = await checkPiece(thread, piece, task);
    checked[piece.index] = found;
    progress.add(piece.contentBytes + piece.gap.length, found.numbers);
    return found.lineEnds;
  });
  // An error between two pieces may come before an error within one.
  const disorder = disorderBetween(
    fault === undefined ? checked : checked.slice(0, fault.index + 1),
    task,
    false,
  );
  const error = disorder ?? fault?.error;
  if (error !== undefined) throw error;
  await reading.verify();
  progress.end();
  return checked.reduce((sum, { numbers }) => sum + numbers, 0);
}
