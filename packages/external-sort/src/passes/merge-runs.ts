import type { KernelThread } from "../threads/kernel-thread.ts";
import { type CheckedPiece, checkPiece, disorderBetween, type PieceCheck } from "./check-piece.ts";
import type { OpenInput } from "./inputs.ts";
import type { RunWriter } from "./make-runs.ts";
import type { Piece } from "./pieces.ts";
import type { Reading } from "./reading.ts";
import type { Run, RunFile } from "./run.ts";

/** Positions from here on are in the inputs, one after the other. Smaller ones are in the temporary file. */
const INPUTS_START = 2 ** 45;
const LINE_FEED = 0x0a;

/**
 * The runs of a merge: inputs that are sorted already; this class checks that they are. A run stays in its input if it
 * can be read there at any place and has the form of a run.
 */
export class MergeRuns implements RunWriter, RunFile {
  readonly #file: RunFile & { append(bytes: Uint8Array): Promise<number> };
  readonly #task: PieceCheck;
  readonly #starts = new Map<OpenInput, number>();
  readonly #checked: CheckedPiece[] = [];

  /** @param file takes the runs that can't stay in an input */
  constructor(
    reading: Reading,
    file: RunFile & { append(bytes: Uint8Array): Promise<number> },
    task: PieceCheck,
  ) {
    this.#file = file;
    this.#task = task;
    let start = INPUTS_START;
    for (const input of reading.inputs) {
      this.#starts.set(input, start);
      // A byte between two inputs separates their runs.
      start += (input.size ?? 0) + 1;
    }
  }

  async check(thread: KernelThread, piece: Piece): Promise<void> {
    this.#checked[piece.index] = await checkPiece(thread, piece, this.#task);
  }

  async append(run: Uint8Array, piece: Piece, content: Buffer): Promise<number> {
    const start = this.#starts.get(piece.input);
    if (start !== undefined && isInPlace(run, piece, content)) return start + piece.offset;
    return this.#file.append(run);
  }

  /**
   * Checks that each input's pieces are in order among themselves, and joins pieces that directly follow one another.
   *
   * @throws {NotSortedError}
   */
  join(runs: readonly Run[]): Run[] {
    const disorder = disorderBetween(this.#checked, this.#task, true);
    if (disorder !== undefined) throw disorder;
    return joined(runs);
  }

  async read(buffer: Uint8Array, position: number): Promise<void> {
    if (position < INPUTS_START) {
      await this.#file.read(buffer, position);
      return;
    }
    const inputs = [...this.#starts].findLast(([, start]) => start <= position);
    if (inputs === undefined) throw new Error("no input has that position");
    const [input, start] = inputs;
    await input.source?.read(buffer, position - start);
  }
}

/** Whether the input already has a run in the right form. */
function isInPlace(run: Uint8Array, { input, gap }: Piece, content: Buffer): boolean {
  if (input.source === undefined) return false;
  const isEnded = gap.length === 1 && gap[0] === LINE_FEED;
  const bytes = Buffer.from(run.buffer, run.byteOffset, run.length - Number(isEnded));
  return (isEnded || gap.length === 0) && bytes.equals(content);
}

function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last === undefined || run.start < INPUTS_START || last.start + last.length !== run.start) {
      result.push(run);
      continue;
    }
    const { start, length, samples } = last;
    const positions = [...samples.positions, ...run.samples.positions.map((position) => position + length)];
    const keys = Buffer.concat([samples.keys, run.samples.keys]);
    result.splice(-1, 1, {
      start,
      length: length + run.length,
      samples: { positions: Float64Array.from(positions), keys },
    });
  }
  return result;
}
