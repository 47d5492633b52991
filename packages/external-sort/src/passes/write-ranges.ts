import type { Format } from "@sorted/core";
import { ENCODED_LAYOUTS } from "@sorted/core/kernel";
import { StatisticsOfParts } from "../statistics/statistics.ts";
import type { Sink } from "../store/store.ts";
import type { KernelThread } from "../threads/kernel-thread.ts";
import type { SortOutcome } from "../threads/sort-task.ts";
import type { Cuts } from "./cuts.ts";
import type { PieceTask } from "./make-runs.ts";
import { lengthOf, type Range, type RunFile } from "./run.ts";
import { together } from "./together.ts";

/** The parts of the output. Each has its place, whenever it comes. */
export class Parts {
  readonly #sink: Sink;
  readonly #format: Format;
  readonly #limit: number;
  #part = 0;
  #bytes = 0;
  #numbers = 0;
  #checksum = 0n;
  /** Absent unless the statistics are wanted. */
  readonly statistics: StatisticsOfParts | undefined;

  constructor(sink: Sink, format: Format, limit: number, statistics: boolean) {
    this.statistics = statistics ? new StatisticsOfParts() : undefined;
    this.#sink = sink;
    this.#format = format;
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get numbers(): number {
    return this.#numbers;
  }

  get checksum(): bigint {
    return BigInt.asUintN(64, this.#checksum);
  }

  /** How many more numbers the output may have. */
  get room(): number {
    return this.#limit - this.#numbers;
  }

  /**
   * Reserves the place of the next part at once, then writes it.
   *
   * @param answer of a sort in this format, with at most as many numbers as there is space for; this changes it
   * @param again sorts the same numbers once more
   */
  async write(
    answer: Uint8Array,
    { numbersOut, checksumOut, statistics }: SortOutcome,
    again: () => Promise<Uint8Array>,
  ): Promise<void> {
    if (numbersOut === 0) return;
    if (statistics !== undefined) this.statistics?.add(numbersOut, statistics, again);
    const { head, separator, tail } = ENCODED_LAYOUTS[this.#format];
    const isText = head.length === 0;
    let start = 0;
    if (!isText && this.#numbers > 0) {
      start = head.length - separator.length;
      answer.set(separator, start);
    }
    const part = answer.subarray(start, isText ? answer.length : answer.length - tail.length);
    this.#numbers += numbersOut;
    this.#checksum += checksumOut;
    await this.#append(part);
  }

  /** Writes what comes after the last number. */
  async end(): Promise<void> {
    const { head, tail, empty } = ENCODED_LAYOUTS[this.#format];
    const rest = this.#numbers === 0 ? empty : head.length === 0 ? undefined : tail;
    if (rest !== undefined && rest.length > 0) await this.#append(rest);
  }

  async #append(bytes: Uint8Array): Promise<void> {
    const part = this.#part;
    const position = this.#bytes;
    this.#part += 1;
    this.#bytes += bytes.length;
    await this.#sink.write(part, bytes, position);
  }
}

/** Runs are texts. */
const RUN_FORM = { grammar: "text" } as const;

/** Receives how many bytes of runs have become part of the output, and how many numbers. */
export type OnRange = (bytes: number, numbers: number) => void;

/** The second pass: sorts the ranges of the runs, and writes each as a part of the output. */
export async function writeRanges(
  threads: readonly KernelThread[],
  cuts: Cuts,
  file: RunFile,
  task: PieceTask,
  format: Format,
  rangeBytes: number,
  parts: Parts,
  onRange: OnRange,
): Promise<void> {
  const writer = new RangeWriter(cuts, file, task, format, rangeBytes, parts);
  const ranges = cuts.ranges();
  let asking: Promise<unknown> = Promise.resolve();
  /** Settled when the range before has its place. */
  let before: Promise<void> = Promise.resolve();
  let told = 0;

  await together(threads, async (thread, isStopped) => {
    for (;;) {
      if (isStopped() || parts.room <= 0) return;
      const turn = Promise.withResolvers<void>();
      const next = asking.then(async () => {
        const { done, value } = await ranges.next();
        if (done) return undefined;
        const previous = before;
        before = turn.promise;
        return { range: value, previous };
      });
      asking = next.catch(() => {});
      const got = await next;
      if (got === undefined) return;
      try {
        await writer.write(thread, got.range, got.previous, turn.resolve);
      } catch (error) {
        turn.reject(error);
        turn.promise.catch(() => {});
        throw error;
      }
      onRange(lengthOf(got.range), parts.numbers - told);
      told = parts.numbers;
    }
  });
}

class RangeWriter {
  readonly #cuts: Cuts;
  readonly #file: RunFile;
  readonly #task: PieceTask;
  readonly #format: Format;
  readonly #rangeBytes: number;
  readonly #parts: Parts;

  constructor(cuts: Cuts, file: RunFile, task: PieceTask, format: Format, rangeBytes: number, parts: Parts) {
    this.#cuts = cuts;
    this.#file = file;
    this.#task = task;
    this.#format = format;
    this.#rangeBytes = rangeBytes;
    this.#parts = parts;
  }

  /**
   * @param previous settled when it is this range's turn to take its place in the output
   * @param onPlaced called when it has its place
   */
  async write(
    thread: KernelThread,
    range: Range,
    previous: Promise<void>,
    onPlaced: () => void,
  ): Promise<void> {
    if (range.isEqual) return this.#writeEqual(thread, range, previous, onPlaced);
    const outcome = await this.#sort(thread, range);
    if (outcome !== undefined) return this.#place(thread, range, outcome, previous, onPlaced);
    // It has more numbers than fit into memory.
    const parts = await this.#cuts.split(range);
    let turn = previous;
    for (const [i, part] of parts.entries()) {
      await this.write(thread, part, turn, i === parts.length - 1 ? onPlaced : () => {});
      turn = Promise.resolve();
    }
  }

  async #place(
    thread: KernelThread,
    range: Range,
    outcome: SortOutcome,
    previous: Promise<void>,
    onPlaced: () => void,
  ): Promise<void> {
    await previous;
    const { room } = this.#parts;
    let kept: SortOutcome | undefined = outcome;
    if (outcome.numbersOut > room) kept = await this.#sort(thread, range, room);
    if (kept === undefined) throw new Error("the kernel has declined what it has sorted before");
    const writing = this.#parts.write(thread.answer(kept), kept, async () => {
      const outcome = await this.#sort(thread, range);
      if (outcome === undefined) throw new Error("the kernel has declined what it has sorted before");
      return thread.answer(outcome);
    });
    onPlaced();
    await writing;
  }

  /** Equal numbers may be cut anywhere. */
  async #writeEqual(
    thread: KernelThread,
    range: Range,
    previous: Promise<void>,
    onPlaced: () => void,
  ): Promise<void> {
    let turn = previous;
    for await (const part of this.#cuts.equalParts(range, this.#rangeBytes)) {
      if (this.#parts.room <= 0) break;
      const outcome = await this.#sort(thread, part);
      if (outcome === undefined) throw new Error("the kernel has declined equal numbers");
      await this.#place(thread, part, outcome, turn, () => {});
      turn = Promise.resolve();
      if (this.#task.unique) break;
    }
    await turn;
    onPlaced();
  }

  /** Reads a range into a thread's memory, and sorts it there; undefined if the kernel declines it. */
  async #sort(
    thread: KernelThread,
    range: Range,
    limit = this.#task.limit,
  ): Promise<SortOutcome | undefined> {
    await this.#load(thread, range);
    return thread.sort({
      ...this.#task,
      form: RUN_FORM,
      limit,
      format: this.#format,
      countLines: false,
      checksums: { in: false, out: true },
      sampleBytes: 0,
      statistics: this.#parts.statistics !== undefined,
    });
  }

  async #load(thread: KernelThread, { starts, ends }: Range): Promise<void> {
    thread.inputBytes = 0;
    await Promise.all(
      starts.map((start, i) => {
        const length = Number(ends[i]) - start;
        return length > 0 ? this.#file.read(thread.extend(length), start) : undefined;
      }),
    );
  }
}
