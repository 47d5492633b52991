import type { KernelThread } from "../threads/kernel-thread.ts";
import { type CheckedPiece, checkPiece, disorderBetween, type PieceCheck } from "./check-piece.ts";
import type { OpenInput } from "./inputs.ts";
import type { RunWriter } from "./make-runs.ts";
import type { Piece } from "./pieces.ts";
import type { Reading } from "./reading.ts";
import type { Run, RunFile } from "./run.ts";

/** Positions from here on are in the inputs, one after the other; those before are in the temporary file. */
const INPUTS_START = 2 ** 45;
const LINE_FEED = 0x0a;

/**
 * The runs of a merge: inputs that are sorted already, and are checked to be. Where they can be read at any place, and are
 * written as a run would be, they are left where they are.
 */
export class MergeRuns implements RunWriter, RunFile {
  readonly #file: RunFile & { append(bytes: Uint8Array): Promise<number> };
  readonly #task: PieceCheck;
  readonly #starts = new Map<OpenInput, number>();
  readonly #checked: CheckedPiece[] = [];

  /** @param file takes what can't be left where it is */
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
      // A byte between two inputs keeps their runs apart.
      start += (input.size ?? 0) + 1;
    }
  }

  async check(thread: KernelThread, piece: Piece): Promise<void> {
    this.#checked[piece.index] = await checkPiece(thread, piece, this.#task);
  }

  async append(run: Uint8Array, piece: Piece, body: Buffer): Promise<number> {
    const start = this.#starts.get(piece.input);
    if (start !== undefined && isInPlace(run, piece, body)) return start + piece.offset;
    return this.#file.append(run);
  }

  /**
   * Checks that each input's pieces are in order among themselves, and puts those together that lie one after the other.
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

/** Whether a run is in the input just as it is to be. */
function isInPlace(run: Uint8Array, { input, gap }: Piece, body: Buffer): boolean {
  if (input.source === undefined) return false;
  const isEnded = gap.length === 1 && gap[0] === LINE_FEED;
  const bytes = Buffer.from(run.buffer, run.byteOffset, run.length - Number(isEnded));
  return (isEnded || gap.length === 0) && bytes.equals(body);
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
