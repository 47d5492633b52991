import { SortedError } from "@sorted/core";
import { FileSortError, InputError } from "../errors.ts";
import type { Form } from "../forms/form.ts";
import type { KernelThread } from "../threads/kernel-thread.ts";
import type { SortOutcome, SortTask } from "../threads/sort-task.ts";
import { faultIn, lineEndsIn, PieceFault } from "./faults.ts";
import type { Piece, PieceReader } from "./pieces.ts";
import type { Run } from "./run.ts";
import { together } from "./together.ts";

/** What a thread is told of every piece. */
export type PieceTask = Omit<SortTask, "inputBytes" | "format" | "countLines">;

/** Takes the bytes of runs; returns where they lie. */
export interface RunWriter {
  append(bytes: Uint8Array): Promise<number>;
}

/** What the first pass has made. */
export interface Runs {
  readonly runs: readonly Run[];
  readonly numbers: number;
  readonly checksum: bigint;
}

/** Pieces that are not longer are read by the plain implementation where the kernel declines them. */
const REFERENCE_BYTES = 2 ** 15;

/** Tells of a piece that has become runs. */
export type OnPiece = (bodyBytes: number, numbers: number) => void;

/**
 * The first pass: sorts pieces into runs. The runs are in the order of the input.
 *
 * @param first a piece that the first thread holds already
 * @throws {InputError} for the first fault of the input
 */
export async function makeRuns(
  threads: readonly KernelThread[],
  reader: PieceReader,
  form: Form,
  task: PieceTask,
  writer: RunWriter,
  first: Piece | undefined,
  onPiece: OnPiece,
): Promise<Runs> {
  const made: Made[][] = [];
  const lineEnds: { readonly piece: Piece; readonly count: number }[] = [];
  let fault: PieceFault | undefined;
  const maker = new RunMaker(form, task, writer, reader);

  await together(threads, async (thread, isStopped) => {
    let piece = thread === threads[0] ? first : undefined;
    for (;;) {
      // After a fault, only what was begun is finished: a fault before it counts more.
      if (isStopped() || (fault !== undefined && piece === undefined)) return;
      piece ??= await reader.next(thread);
      if (piece === undefined) return;
      try {
        const parts = await maker.make(thread, piece);
        made[piece.index] = parts;
        const counted = parts.reduce((sum, { lineEnds }) => sum + lineEnds, 0);
        lineEnds.push({ piece, count: counted + lineEndsIn(piece.gap) });
        onPiece(
          piece.bodyBytes,
          parts.reduce((sum, { numbers }) => sum + numbers, 0),
        );
      } catch (error) {
        if (!(error instanceof PieceFault)) throw error;
        if (fault === undefined || error.error.offset === undefined || isBefore(error, fault)) fault = error;
        return;
      }
      piece = undefined;
    }
  });

  if (fault !== undefined) throw inputError(fault, lineEnds);
  const parts = made.flat();
  return {
    runs: parts.map(({ run }) => run),
    numbers: parts.reduce((sum, { numbers }) => sum + numbers, 0),
    checksum: BigInt.asUintN(
      64,
      parts.reduce((sum, { checksum }) => sum + checksum, 0n),
    ),
  };
}

/** A run, and what is known of the part of a piece that it was made of. */
interface Made {
  readonly run: Run;
  readonly numbers: number;
  readonly checksum: bigint;
  readonly lineEnds: number;
}

class RunMaker {
  readonly #form: Form;
  readonly #task: PieceTask;
  readonly #writer: RunWriter;
  readonly #reader: PieceReader;

  constructor(form: Form, task: PieceTask, writer: RunWriter, reader: PieceReader) {
    this.#form = form;
    this.#task = task;
    this.#writer = writer;
    this.#reader = reader;
  }

  /** Makes a run of a piece; several where it has too many numbers for the memory. */
  async make(thread: KernelThread, piece: Piece): Promise<Made[]> {
    const outcome = await thread.sort({ ...this.#task, format: "text", countLines: true });
    if (outcome !== undefined) return [await this.#write(thread, outcome)];
    const halves = piece.bodyBytes > REFERENCE_BYTES ? this.#halve(thread, piece) : undefined;
    if (halves === undefined) throw this.#reasonOf(thread, piece);
    // The next piece would have too many numbers, too, if it had a fault less.
    this.#reader.limit(halves.first.bodyBytes * 2 * 0.75);
    const { first, second, secondBody } = halves;
    thread.inputBytes = first.prefix.length + first.bodyBytes;
    thread.append(first.suffix);
    const made = await this.make(thread, first);
    thread.inputBytes = 0;
    thread.append(second.prefix);
    thread.append(secondBody);
    thread.append(second.suffix);
    const lineEnds = lineEndsIn(first.gap);
    try {
      return [...made, ...(await this.make(thread, second))].map((it, i) =>
        i === 0 ? { ...it, lineEnds: it.lineEnds + lineEnds } : it,
      );
    } catch (error) {
      if (!(error instanceof PieceFault)) throw error;
      const before = made.reduce((sum, it) => sum + it.lineEnds, lineEnds);
      throw new PieceFault(piece, error.error, before + error.lineEnds);
    }
  }

  async #write(thread: KernelThread, outcome: SortOutcome): Promise<Made> {
    const start = await this.#writer.append(thread.answer(outcome));
    const { length, samples, numbersIn, checksumIn, lineEnds } = outcome;
    return { run: { start, length, samples }, numbers: numbersIn, checksum: checksumIn, lineEnds };
  }

  #halve(thread: KernelThread, piece: Piece) {
    const { prefix, bodyBytes, open } = piece;
    const body = thread.input.subarray(prefix.length, prefix.length + bodyBytes);
    const cut = this.#form.cut(body, bodyBytes >> 1, open);
    if (cut === undefined || cut === "fault") return undefined;
    const gap = Buffer.from(body.subarray(cut.end, cut.next));
    const first = { ...piece, bodyBytes: cut.end, suffix: cut.suffix, gap };
    const secondBody = Buffer.from(body.subarray(cut.next));
    const second = {
      ...piece,
      offset: piece.offset + cut.next,
      prefix: cut.prefix,
      bodyBytes: secondBody.length,
      open: cut.open,
    };
    return { first, second, secondBody };
  }

  /** Why the kernel has declined a piece that can't be halved. */
  #reasonOf(thread: KernelThread, piece: Piece): Error {
    const fault = faultIn(piece, Buffer.from(thread.input), this.#task);
    const { input, offset, bodyBytes } = piece;
    return (
      fault ??
      new FileSortError(
        "NOT_ENOUGH_MEMORY",
        `${input.name}: the ${bodyBytes} bytes at byte ${offset} can't be cut, and hold more numbers than fit into memory`,
      )
    );
  }
}

function isBefore(one: PieceFault, other: PieceFault): boolean {
  return one.piece.index < other.piece.index;
}

function inputError(
  { piece, error, lineEnds }: PieceFault,
  counted: readonly { readonly piece: Piece; readonly count: number }[],
): InputError {
  const before = counted.filter((it) => it.piece.input === piece.input && it.piece.index < piece.index);
  const line = before.reduce((sum, { count }) => sum + count, 1) + lineEnds;
  const { code, detail, place } = error;
  return new InputError(piece.input.name, new SortedError(code, detail, { ...place, line }));
}
