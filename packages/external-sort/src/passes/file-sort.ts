import { FileSortError } from "../errors.ts";
import type { SortFilesOptions, SortFilesResult } from "../options.ts";
import { ProgressMeter } from "../progress.ts";
import { checkSpace } from "../space.ts";
import { MemoryFile } from "../store/memory-file.ts";
import { folderOf, openSink } from "../store/open-sink.ts";
import type { Sink } from "../store/store.ts";
import { TempFile } from "../store/temp-file.ts";
import { Cuts } from "./cuts.ts";
import { makeRuns, type PieceTask } from "./make-runs.ts";
import { MergeRuns } from "./merge-runs.ts";
import { formOfPiece, type Piece } from "./pieces.ts";
import { Reading } from "./reading.ts";
import { Parts, writeRanges } from "./write-ranges.ts";

const MAX_SAMPLE_BYTES = 2 ** 16;
const MIN_SAMPLE_BYTES = 2 ** 8;
/** Assumed if nobody knows how long the input is. */
const UNKNOWN_BYTES = 2 ** 36;

/** What the sort has read. */
interface Made {
  readonly numbers: number;
  readonly checksum: bigint;
  readonly bytes: number;
  readonly runs: number;
}

/** One sort or merge of files, from the first byte read to the commit. */
export class FileSort {
  readonly #options: SortFilesOptions;
  readonly #isMerge: boolean;
  readonly #reading: Reading;
  readonly #sink: Sink;
  readonly #parts: Parts;
  readonly #progress: ProgressMeter;
  readonly #limit: number;
  #file: TempFile | MemoryFile | undefined;

  /** @param isMerge whether the inputs must be sorted already */
  static async run(options: SortFilesOptions, isMerge: boolean): Promise<SortFilesResult> {
    const { output, compression = "none", signal, onProgress } = options;
    signal?.throwIfAborted();
    const progress = new ProgressMeter(onProgress);
    const reading = await Reading.open(options);
    let sort: FileSort | undefined;
    const stop = () => void Promise.all([reading.stop(), sort?.stop()]);
    signal?.addEventListener("abort", stop);
    try {
      const sink = await openSink(output, compression, !reading.isLocal);
      sort = new FileSort(options, isMerge, reading, sink, progress);
      signal?.throwIfAborted();
      return await sort.#run();
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    } finally {
      signal?.removeEventListener("abort", stop);
      await reading.stop();
      await sort?.stop();
      await sort?.close();
      await reading.close();
    }
  }

  private constructor(
    options: SortFilesOptions,
    isMerge: boolean,
    reading: Reading,
    sink: Sink,
    progress: ProgressMeter,
  ) {
    const { format = "text", limit = Number.POSITIVE_INFINITY, statistics = false } = options;
    this.#options = options;
    this.#isMerge = isMerge;
    this.#reading = reading;
    this.#sink = sink;
    this.#parts = new Parts(sink, format, limit, statistics);
    this.#progress = progress;
    this.#limit = limit;
  }

  /** Removes everything that has not been committed. */
  async stop(): Promise<void> {
    await this.#sink.abort();
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  async #run(): Promise<SortFilesResult> {
    const { reader, bytes } = this.#reading;
    this.#progress.begin("read", bytes);
    const first = await this.#reading.first();
    const isOne = first !== undefined && reader.isDone && !this.#isMerge;
    const made = (isOne && (await this.#sortAtOnce(first))) || (await this.#sortInPasses(first));
    const parts = this.#parts;
    await parts.end();
    this.#verify(made);
    const statistics = await parts.statistics?.result(this.#options.order ?? "asc");
    await this.#sink.commit();
    return {
      numbersIn: made.numbers,
      numbersOut: parts.numbers,
      bytesIn: made.bytes,
      bytesOut: parts.bytes,
      checksum: made.checksum.toString(16).padStart(16, "0"),
      runs: made.runs,
      temporaryBytes: this.#file?.bytes ?? 0,
      seconds: this.#progress.seconds,
      ...(statistics === undefined ? {} : { statistics }),
    };
  }

  /** Sorts an input that is one piece, without runs; undefined if the kernel declines it. */
  async #sortAtOnce(piece: Piece): Promise<Made | undefined> {
    const { format = "text" } = this.#options;
    const [thread] = this.#reading.threads;
    const outcome = await thread.sort({
      ...this.#task(),
      form: formOfPiece(piece),
      sampleBytes: 0,
      format,
      countLines: false,
      checksums: { in: true, out: true },
      statistics: this.#parts.statistics !== undefined,
    });
    if (outcome === undefined) return undefined;
    await this.#reading.verify();
    this.#progress.add(piece.contentBytes, outcome.numbersIn);
    this.#progress.end();
    await this.#parts.write(thread.answer(outcome), outcome, async () => thread.answer(outcome));
    return { numbers: outcome.numbersIn, checksum: outcome.checksumIn, bytes: piece.contentBytes, runs: 0 };
  }

  async #sortInPasses(first: Piece | undefined): Promise<Made> {
    const { format = "text", order = "asc" } = this.#options;
    const { threads, pieceBytes } = this.#reading;
    this.#file = await this.#openRunFile();
    const task = this.#task();
    // The first pass of a merge leaves out nothing. `unique` and `limit` apply in the second.
    const runTask = this.#isMerge ? { ...task, unique: false, limit: Number.POSITIVE_INFINITY } : task;
    const merge = this.#isMerge ? new MergeRuns(this.#reading, this.#file, runTask) : undefined;
    const file = merge ?? this.#file;
    let bytes = 0;
    const made = await makeRuns(this.#reading, runTask, file, first, (pieceBytes, numbers) => {
      bytes += pieceBytes;
      this.#progress.add(pieceBytes, numbers);
    });
    const runs = merge?.join(made.runs) ?? made.runs;
    if (!this.#isMerge) await this.#reading.verify();
    this.#progress.end();

    const runBytes = runs.reduce((sum, { length }) => sum + length, 0);
    this.#progress.begin("write", runBytes);
    const cuts = new Cuts(runs, file, order, pieceBytes);
    await writeRanges(threads, cuts, file, task, format, pieceBytes, this.#parts, (bytes, numbers) =>
      this.#progress.add(bytes, numbers),
    );
    if (this.#isMerge) await this.#reading.verify();
    this.#progress.end();
    const { numbers, checksum } = made;
    return { numbers, checksum, bytes, runs: runs.length };
  }

  #task(): PieceTask {
    const { order = "asc", unique = false, maxDepth = 512 } = this.#options;
    const { maxNumbers } = this.#reading.plan;
    return {
      order,
      unique,
      limit: this.#limit,
      maxDepth,
      maxNumbers,
      sampleBytes: this.#sampleBytes(),
    };
  }

  /** The greatest distance between samples with which the ranges that they cut don't become too long. */
  #sampleBytes(): number {
    const { bytes = UNKNOWN_BYTES, pieceBytes } = this.#reading;
    const wanted = Math.floor(pieceBytes ** 2 / (8 * bytes));
    return Math.min(MAX_SAMPLE_BYTES, Math.max(MIN_SAMPLE_BYTES, wanted));
  }

  async #openRunFile(): Promise<TempFile | MemoryFile> {
    const { bytes, isLocal } = this.#reading;
    if (isLocal) return new MemoryFile();
    const { tempFolder, output, compression = "none" } = this.#options;
    const outputFolder = await folderOf(output);
    // TMPDIR may be set to nothing.
    const folder = tempFolder ?? (process.env["TMPDIR"] || (outputFolder ?? process.cwd()));
    if (bytes !== undefined && this.#limit === Number.POSITIVE_INFINITY) {
      const forOutput = compression === "none" && outputFolder !== undefined;
      await checkSpace([
        ...(this.#isMerge ? [] : [{ folder, bytes, purpose: "temporary files" }]),
        ...(forOutput ? [{ folder: outputFolder, bytes, purpose: "the output" }] : []),
      ]);
    }
    return TempFile.open(folder);
  }

  /** The written numbers must be those that were read, without those that were left out on purpose. */
  #verify(made: Made): void {
    const { unique = false } = this.#options;
    const { numbers, checksum } = this.#parts;
    const expected = Math.min(made.numbers, this.#limit);
    const isCountRight = unique ? numbers <= expected : numbers === expected;
    const isAll = !unique && this.#limit >= made.numbers;
    if (isCountRight && !(isAll && checksum !== made.checksum)) return;
    throw new FileSortError(
      "CHECKSUM_MISMATCH",
      `the ${numbers} numbers written are not the ${made.numbers} numbers read: a disk, the memory or this program is at fault`,
    );
  }
}
