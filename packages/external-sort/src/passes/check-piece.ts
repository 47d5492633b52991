import { compareNumbers } from "@sorted/core";
import { FileSortError, NotSortedError } from "../errors.ts";
import type { CheckTask } from "../threads/check-task.ts";
import type { KernelThread } from "../threads/kernel-thread.ts";
import {
  disorderIn,
  faultIn,
  lineEndsIn,
  lineEndsOf,
  PieceFault,
  type PlaceInPiece,
  placeOf,
} from "./faults.ts";
import { halve } from "./halves.ts";
import { formOfPiece, type Piece } from "./pieces.ts";

/** A piece that is in order. */
export interface CheckedPiece {
  readonly piece: Piece;
  readonly numbers: number;
  /** Of the content and the gap after it. */
  readonly lineEnds: number;
  /** The first and the last number; absent if there are none. */
  readonly first?: string;
  readonly last?: string;
  /** The place of the first number. */
  readonly firstPlace: PlaceInPiece;
}

/** The same task for every piece. */
export type PieceCheck = Omit<CheckTask, "inputBytes" | "form">;

/** Nearly all pieces have their first number within this many bytes. If not, its place is the piece's beginning. */
const FIRST_BYTES = 2 ** 12;

/**
 * Checks whether the piece in a thread's memory is in order.
 *
 * @throws {PieceFault} for the first fault, or the first number that is not in order
 */
export async function checkPiece(
  thread: KernelThread,
  piece: Piece,
  task: PieceCheck,
): Promise<CheckedPiece> {
  const outcome = await thread.check({ ...task, form: formOfPiece(piece) });
  if (outcome === undefined) return checkHalves(thread, piece, task);
  const { disorder, numbers, lineEnds, ...ends } = outcome;
  if (disorder !== undefined) throw await locate(thread, piece, task, disorder);
  const firstPlace = placeOf(piece, Buffer.from(thread.input.subarray(0, FIRST_BYTES)), task, 0);
  return { piece, numbers, lineEnds: lineEndsOf(piece, lineEnds), firstPlace, ...ends };
}

/** Whether one number may follow another. */
function mayFollow(before: string, after: string, { order, unique }: PieceCheck): boolean {
  const difference = order === "desc" ? compareNumbers(after, before) : compareNumbers(before, after);
  return difference < 0 || (difference === 0 && !unique);
}

/**
 * The first number of a piece that should not come after the last number of the piece before it.
 *
 * @param checked by the index of the piece; those after a missing one don't count
 * @param withinInputs whether to compare only pieces of the same input
 */
export function disorderBetween(
  checked: readonly CheckedPiece[],
  task: PieceCheck,
  withinInputs: boolean,
): NotSortedError | undefined {
  let line = 1;
  let previous: string | undefined;
  for (const [i, one] of checked.entries()) {
    // The array has holes where a piece was not checked.
    if (one === undefined) return undefined;
    const { piece, first, last, firstPlace, lineEnds } = one;
    const isNewInput = checked[i - 1]?.piece.input !== piece.input;
    if (isNewInput) line = 1;
    if (isNewInput && withinInputs) previous = undefined;
    if (previous !== undefined && first !== undefined && !mayFollow(previous, first, task)) {
      const { offset } = firstPlace;
      return new NotSortedError({
        input: piece.input.name,
        line: line + firstPlace.lineEnds,
        offset,
        number: first,
        previous,
      });
    }
    previous = last ?? previous;
    line += lineEnds;
  }
  return undefined;
}

/** Needs memory for fewer numbers at once, and finds a fault before a later disorder. */
async function checkHalves(thread: KernelThread, piece: Piece, task: PieceCheck): Promise<CheckedPiece> {
  const halves = halve(thread, piece);
  if (halves === undefined) throw reasonOf(thread, piece, task);
  halves.loadFirst();
  const first = await checkPiece(thread, halves.first, task);
  halves.loadSecond();
  try {
    const second = await checkPiece(thread, halves.second, task);
    const [previous, number] = [first.last, second.first];
    if (previous !== undefined && number !== undefined && !mayFollow(previous, number, task))
      throw await locate(thread, halves.second, task, { index: 0, number, previous });
    return {
      ...first,
      ...second,
      ...(first.first === undefined ? {} : { first: first.first, firstPlace: first.firstPlace }),
      piece,
      numbers: first.numbers + second.numbers,
      lineEnds: first.lineEnds + second.lineEnds,
    };
  } catch (error) {
    throw error instanceof PieceFault ? error.within(piece, first.lineEnds) : error;
  }
}

/** Finds the place of a number from its index, by halving the piece that holds it. */
async function locate(
  thread: KernelThread,
  piece: Piece,
  task: PieceCheck,
  disorder: { readonly index: number; readonly number: string; readonly previous: string },
): Promise<PieceFault> {
  const halves = halve(thread, piece);
  if (halves === undefined)
    return disorderIn(piece, Buffer.from(thread.input), task, disorder.index, disorder);
  halves.loadFirst();
  const found = await thread.check({ ...task, form: formOfPiece(halves.first) });
  const numbers = found?.numbers ?? 0;
  if (disorder.index < numbers) return (await locate(thread, halves.first, task, disorder)).within(piece, 0);
  const lineEnds = (found?.lineEnds ?? 0) - lineEndsIn(halves.first.prefix, piece);
  halves.loadSecond();
  const index = disorder.index - numbers;
  const inSecond = await locate(thread, halves.second, task, { ...disorder, index });
  return inSecond.within(piece, lineEnds + lineEndsIn(halves.first.gap, piece));
}

/** Why the kernel declined a piece that can't be halved. */
export function reasonOf(thread: KernelThread, piece: Piece, task: Pick<CheckTask, "maxDepth">): Error {
  const { input, offset, contentBytes } = piece;
  return (
    faultIn(piece, Buffer.from(thread.input), task) ??
    new FileSortError(
      "NOT_ENOUGH_MEMORY",
      `${input.name}: the ${contentBytes} bytes at byte ${offset} can't be cut, and hold more numbers than fit into memory`,
    )
  );
}
