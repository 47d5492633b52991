import { FileSortError } from "./errors.ts";
import { FORMS } from "./forms/forms.ts";
import { kernelBytes, type Plan, plan } from "./memory.ts";
import type { SortFilesOptions, SortFilesResult } from "./options.ts";
import { Cuts } from "./passes/cuts.ts";
import { type OpenInput, openInput } from "./passes/inputs.ts";
import { makeRuns, type PieceTask } from "./passes/make-runs.ts";
import { type Piece, PieceReader } from "./passes/pieces.ts";
import { Parts, writeRanges } from "./passes/write-ranges.ts";
import { ProgressMeter } from "./progress.ts";
import { checkSpace } from "./space.ts";
import { MemoryFile } from "./store/memory-file.ts";
import { folderOf, openSink } from "./store/open-sink.ts";
import type { Sink } from "./store/store.ts";
import { TempFile } from "./store/temp-file.ts";
import { KernelThread } from "./threads/kernel-thread.ts";

/** So much is sorted in this thread, in less time than it takes to start another. */
const LOCAL_BYTES = 2 ** 23;

const MAX_SAMPLE_BYTES = 2 ** 16;
const MIN_SAMPLE_BYTES = 2 ** 8;
/** Assumed where nobody knows how long the input is. */
const UNKNOWN_BYTES = 2 ** 36;

/**
 * Sorts the numbers of files of any size, exact to the last digit, in memory that is bounded by `memoryBytes`. The sort is
 * stable in both directions.
 *
 * Input that fits into memory is sorted there. Else there are two passes, in each of which every number is read once and
 * written once: pieces become sorted runs in a temporary file, and then ranges of all runs become the parts of the output.
 *
 * @throws {InputError} for the first fault of the inputs, with its line and byte
 * @throws {FileSortError} for lack of space or memory, and what else can be wrong with files
 * @throws the signal's reason, if it is aborted; Node's own errors, for what the operating system refuses
 * @example
 * await sortFiles({ inputs: ["numbers.txt"], output: "sorted.txt", memoryBytes: 2 ** 30 });
 * await sortFiles({ inputs: [{ stream: process.stdin }], output: { stream: process.stdout }, order: "desc", limit: 10 });
 */
export async function sortFiles(options: SortFilesOptions): Promise<SortFilesResult> {
  const { signal } = options;
  signal?.throwIfAborted();
  const sort = new FileSort(options, plan(options));
  const stop = () => void sort.stop();
  signal?.addEventListener("abort", stop);
  try {
    return await sort.run();
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener("abort", stop);
    await sort.close();
  }
}

class FileSort {
  readonly #options: SortFilesOptions;
  readonly #plan: Plan;
  readonly #progress: ProgressMeter;
  readonly #limit: number;
  readonly #inputs: OpenInput[] = [];
  #threads: readonly KernelThread[] = [];
  #file: TempFile | MemoryFile | undefined;
  #sink: Sink | undefined;

  constructor(options: SortFilesOptions, plan: Plan) {
    this.#options = options;
    this.#plan = plan;
    this.#progress = new ProgressMeter(options.onProgress);
    this.#limit = options.limit ?? Number.POSITIVE_INFINITY;
  }

  async run(): Promise<SortFilesResult> {
    const { inputs, output, compression = "none", form = "text" } = this.#options;
    for (const input of inputs) this.#inputs.push(await openInput(input));
    const bytes = this.#knownBytes();
    const isLocal = bytes !== undefined && bytes <= LOCAL_BYTES;
    this.#sink = await openSink(output, compression, !isLocal);
    const threads = this.#makeThreads(isLocal ? 1 : this.#plan.threads);
    if (bytes !== undefined && !isLocal) for (const thread of threads) thread.start();

    const reader = new PieceReader(this.#inputs, FORMS[form], this.#pieceBytes(bytes), this.#options.signal);
    this.#progress.begin("read", bytes);
    const first = await reader.next(threads[0]);
    const isShort = reader.isDone && threads[0].inputBytes <= LOCAL_BYTES;
    if (!isLocal && !isShort) for (const thread of threads) thread.start();
    const parts = new Parts(this.#sink, this.#options.format ?? "text", this.#limit);
    const made =
      (first !== undefined && reader.isDone && (await this.#sortAtOnce(threads[0], first, parts))) ||
      (await this.#sortInPasses(threads, reader, first, parts, isLocal));
    await parts.end();
    this.#verify(made, parts);
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
    };
  }

  /** Ends what is going on. */
  async stop(): Promise<void> {
    await Promise.all([this.#sink?.abort(), ...this.#threads.map((thread) => thread.stop())]);
  }

  /** Gives everything back, and leaves nothing that has not been committed. */
  async close(): Promise<void> {
    await this.stop();
    await this.#file?.close();
    for (const input of this.#inputs) await input.close();
  }
  /** An input that is one piece needs no runs; undefined where the kernel declines it. */
  async #sortAtOnce(thread: KernelThread, piece: Piece, parts: Parts): Promise<Made | undefined> {
    const { format = "text" } = this.#options;
    const outcome = await thread.sort({ ...this.#task(), sampleBytes: 0, format, countLines: false });
    if (outcome === undefined) return undefined;
    await this.#verifyInputs();
    this.#progress.add(piece.bodyBytes, outcome.numbersIn);
    this.#progress.end();
    await parts.write(thread.answer(outcome), outcome);
    return { numbers: outcome.numbersIn, checksum: outcome.checksumIn, bytes: piece.bodyBytes, runs: 0 };
  }

  async #sortInPasses(
    threads: readonly KernelThread[],
    reader: PieceReader,
    first: Piece | undefined,
    parts: Parts,
    isLocal: boolean,
  ): Promise<Made> {
    const { form = "text", format = "text", order = "asc" } = this.#options;
    const bytes = this.#knownBytes();
    this.#file = isLocal ? new MemoryFile() : await this.#openTempFile(bytes);
    const file = this.#file;
    const task = this.#task();
    let bytesRead = 0;
    const made = await makeRuns(threads, reader, FORMS[form], task, file, first, (bodyBytes, numbers) => {
      bytesRead += bodyBytes;
      this.#progress.add(bodyBytes, numbers);
    });
    await this.#verifyInputs();
    this.#progress.end();

    this.#progress.begin("write", file.bytes);
    const rangeBytes = this.#pieceBytes(bytes);
    const cuts = new Cuts(made.runs, file, order, rangeBytes);
    const ranges = { ...task, grammar: "text" } as const;
    await writeRanges(threads, cuts, file, ranges, format, rangeBytes, parts, (rangeBytes, numbers) =>
      this.#progress.add(rangeBytes, numbers),
    );
    this.#progress.end();
    const { numbers, checksum, runs } = made;
    return { numbers, checksum, bytes: bytesRead, runs: runs.length };
  }

  #task(): PieceTask {
    const { form = "text", order = "asc", unique = false, maxDepth = 512 } = this.#options;
    const { maxNumbers } = this.#plan;
    const { grammar } = FORMS[form];
    return {
      grammar,
      order,
      unique,
      limit: this.#limit,
      maxDepth,
      maxNumbers,
      sampleBytes: this.#sampleBytes(),
    };
  }

  /** As far apart as they may be for ranges that are cut by them not to become too long. */
  #sampleBytes(): number {
    const { pieceBytes } = this.#plan;
    const bytes = this.#knownBytes() ?? UNKNOWN_BYTES;
    const wanted = Math.floor(pieceBytes ** 2 / (8 * bytes));
    return Math.min(MAX_SAMPLE_BYTES, Math.max(MIN_SAMPLE_BYTES, wanted));
  }

  /** How long pieces are to be, so that all threads have as much to do. */
  #pieceBytes(bytes: number | undefined): number {
    const { pieceBytes, threads } = this.#plan;
    if (bytes === undefined || bytes <= pieceBytes) return pieceBytes;
    const rounds = Math.ceil(bytes / (threads * pieceBytes));
    return Math.min(pieceBytes, Math.ceil(bytes / (threads * rounds)) + MAX_SAMPLE_BYTES);
  }

  #makeThreads(count: number): [KernelThread, ...KernelThread[]] {
    const make = () => new KernelThread(kernelBytes(this.#plan));
    const threads: [KernelThread, ...KernelThread[]] = [make(), ...Array.from({ length: count - 1 }, make)];
    this.#threads = threads;
    return threads;
  }

  /** How long the inputs are, if all are known to be so long before decompression. */
  #knownBytes(): number | undefined {
    if (this.#inputs.some(({ source }) => source === undefined)) return undefined;
    return this.#inputs.reduce((sum, { size = 0 }) => sum + size, 0);
  }

  async #openTempFile(bytes: number | undefined): Promise<TempFile> {
    const outputFolder = folderOf(this.#options.output);
    const folder = this.#options.tempFolder ?? process.env["TMPDIR"] ?? outputFolder ?? process.cwd();
    if (bytes !== undefined && this.#limit === Number.POSITIVE_INFINITY) {
      const forOutput = this.#options.compression === undefined || this.#options.compression === "none";
      await checkSpace([
        { folder, bytes, purpose: "temporary files" },
        ...(outputFolder !== undefined && forOutput
          ? [{ folder: outputFolder, bytes, purpose: "the output" }]
          : []),
      ]);
    }
    return TempFile.open(folder);
  }

  async #verifyInputs(): Promise<void> {
    for (const input of this.#inputs) await input.verify();
  }

  /** What was written must be what was read, less what was left out on purpose. */
  #verify(made: Made, parts: Parts): void {
    const { unique = false } = this.#options;
    const expected = Math.min(made.numbers, this.#limit);
    const isCountRight = unique ? parts.numbers <= expected : parts.numbers === expected;
    const isAll = !unique && this.#limit >= made.numbers;
    if (isCountRight && !(isAll && parts.checksum !== made.checksum)) return;
    throw new FileSortError(
      "CHECKSUM_MISMATCH",
      `the ${parts.numbers} numbers written are not the ${made.numbers} numbers read: a disk, the memory or this program is at fault`,
    );
  }
}

/** What has been read. */
interface Made {
  readonly numbers: number;
  readonly checksum: bigint;
  readonly bytes: number;
  readonly runs: number;
}
