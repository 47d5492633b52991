import type { KernelThread } from "../threads/kernel-thread.ts";
import type { SortOutcome, SortTask } from "../threads/sort-task.ts";
import { reasonOf } from "./check-piece.ts";
import { eachPiece } from "./each-piece.ts";
import { lineEndsOf, PieceFault } from "./faults.ts";
import { halve } from "./halves.ts";
import { formOfPiece, type Piece } from "./pieces.ts";
import type { Reading } from "./reading.ts";
import type { Run } from "./run.ts";

/** The same task for every piece. */
export type PieceTask = Omit<
  SortTask,
  "inputBytes" | "form" | "format" | "countLines" | "checksums" | "statistics"
>;

/** Takes the runs when they are ready. */
export interface RunWriter {
  /** Called with each piece before it is sorted. */
  check?(thread: KernelThread, piece: Piece): Promise<void>;
  /**
   * @param run the piece's numbers in order, one per line
   * @param content the text that they were read from
   * @returns where they can be read again
   */
  append(run: Uint8Array, piece: Piece, content: Buffer): Promise<number>;
}

/** The result of the first pass. */
export interface Runs {
  readonly runs: readonly Run[];
  readonly numbers: number;
  readonly checksum: bigint;
}

/** A run, and the facts about the piece that it was made from. */
interface Made {
  readonly run: Run;
  readonly numbers: number;
  readonly checksum: bigint;
  readonly lineEnds: number;
}

/** How much shorter pieces become after one had too many numbers. */
const SHORTENED = 0.75;

/**
 * The first pass: sorts pieces into runs. The runs are in the order of the input.
 *
 * @param first the piece that the first thread holds already
 * @param onPiece receives each piece that has become runs
 * @throws {InputError} for the first fault of the input
 */
export async function makeRuns(
  { threads, reader }: Pick<Reading, "threads" | "reader">,
  task: PieceTask,
  writer: RunWriter,
  first: Piece | undefined,
  onPiece: (bytes: number, numbers: number) => void,
): Promise<Runs> {
  const made: Made[][] = [];
  const maker = new RunMaker(task, writer, (bytes) => reader.limit(bytes));
  const fault = await eachPiece(threads, reader, first, async (thread, piece) => {
    await writer.check?.(thread, piece);
    const parts = await maker.make(thread, piece);
    made[piece.index] = parts;
    onPiece(piece.contentBytes + piece.gap.length, sum(parts, "numbers"));
    return sum(parts, "lineEnds");
  });
  if (fault !== undefined) throw fault.error;
  const parts = made.flat();
  const checksum = parts.reduce((sum, part) => sum + part.checksum, 0n);
  return {
    runs: parts.map(({ run }) => run),
    numbers: sum(parts, "numbers"),
    checksum: BigInt.asUintN(64, checksum),
  };
}

class RunMaker {
  readonly #task: PieceTask;
  readonly #writer: RunWriter;
  readonly #onTooMany: (bytes: number) => void;

  /** @param onTooMany receives the length that pieces should have instead */
  constructor(task: PieceTask, writer: RunWriter, onTooMany: (bytes: number) => void) {
    this.#task = task;
    this.#writer = writer;
    this.#onTooMany = onTooMany;
  }

  /** Makes one run of a piece, or several if it has too many numbers for the memory. */
  async make(thread: KernelThread, piece: Piece): Promise<Made[]> {
    const outcome = await thread.sort({
      ...this.#task,
      form: formOfPiece(piece),
      format: "text",
      countLines: true,
      checksums: { in: true, out: false },
      statistics: false,
    });
    if (outcome !== undefined) return [await this.#write(thread, piece, outcome)];
    const halves = halve(thread, piece);
    if (halves === undefined) throw reasonOf(thread, piece, this.#task);
    this.#onTooMany(piece.contentBytes * SHORTENED);
    halves.loadFirst();
    const made = await this.make(thread, halves.first);
    halves.loadSecond();
    try {
      return [...made, ...(await this.make(thread, halves.second))];
    } catch (error) {
      throw error instanceof PieceFault ? error.within(piece, sum(made, "lineEnds")) : error;
    }
  }

  async #write(thread: KernelThread, piece: Piece, outcome: SortOutcome): Promise<Made> {
    const { prefix, contentBytes } = piece;
    const content = thread.input.subarray(prefix.length, prefix.length + contentBytes);
    const start = await this.#writer.append(thread.answer(outcome), piece, content);
    const { length, samples, numbersIn, checksumIn } = outcome;
    const lineEnds = lineEndsOf(piece, outcome.lineEnds);
    return { run: { start, length, samples }, numbers: numbersIn, checksum: checksumIn, lineEnds };
  }
}

function sum(parts: readonly Made[], what: "numbers" | "lineEnds"): number {
  return parts.reduce((sum, part) => sum + part[what], 0);
}
