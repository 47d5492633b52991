import type { FormOptions, SortOptions } from "@sorted/core";
import { checkForm, checkOptions as checkReadOptions } from "@sorted/core/kernel";
import { FileSortError } from "../errors.ts";
import { formFor, INPUT_FORMS } from "../forms/forms.ts";
import { kernelBytes, type Plan, plan } from "../memory.ts";
import { oldNode } from "../node-version.ts";
import type { ReadFilesOptions } from "../options.ts";
import { KernelThread } from "../threads/kernel-thread.ts";
import { type OpenInput, openInput } from "./inputs.ts";
import { type Piece, PieceReader } from "./pieces.ts";

/** This thread does this much itself, in less time than it takes to start another one. */
const LOCAL_BYTES = 2 ** 23;

/**
 * Longer pieces touch more memory for the first time, some microseconds for each page. Shorter ones become more runs, and
 * each of the ranges is cut and read from all of them. 187 MB of doubles took 1.8 s of processors in pieces of 16 MiB, and
 * 2.1 of 47; 933 MB took 9.6 s in pieces of 16 MiB, 9.0 of 24, and 8.5 of 47.
 */
const LEAST_PIECE_BYTES = 2 ** 24;
const MOST_RUNS = 32;

/** Extra space for the search for a place to cut. */
const SLACK_BYTES = 2 ** 16;

/** The given options that say how to read an input. */
function formOptionsOf({ decimal, header, column, field, empty }: FormOptions): FormOptions {
  return {
    ...(decimal === undefined ? {} : { decimal }),
    ...(header === undefined ? {} : { header }),
    ...(column === undefined ? {} : { column }),
    ...(field === undefined ? {} : { field }),
    ...(empty === undefined ? {} : { empty }),
  };
}

/**
 * Checks options that may come from JavaScript, where nothing checked their types.
 *
 * @throws {SortedError} BAD_OPTION
 * @throws {FileSortError} BAD_OPTION
 */
function checkOptions(options: ReadFilesOptions & SortOptions): void {
  const { form = "text", order, unique, limit, maxDepth } = options;
  if (!INPUT_FORMS.includes(form)) {
    throw new FileSortError("BAD_OPTION", `option "form" must be one of ${INPUT_FORMS.join(", ")}`);
  }
  const formOptions = formOptionsOf(options);
  checkReadOptions({
    ...formOptions,
    ...(order === undefined ? {} : { order }),
    ...(unique === undefined ? {} : { unique }),
    ...(limit === undefined ? {} : { limit }),
    ...(maxDepth === undefined ? {} : { maxDepth }),
  });
  // A text may turn out to be JSON, which takes other options.
  if (form !== "text") checkForm(form, formOptions);
}

/** At least one thread. */
export type Threads = readonly [KernelThread, ...KernelThread[]];

/** The inputs, and the threads that read them in pieces. */
export class Reading {
  readonly plan: Plan;
  readonly inputs: readonly OpenInput[];
  /** How long the inputs are; undefined if nobody knows before they have been read. */
  readonly bytes: number | undefined;
  /** Whether they are so short that this thread does everything. */
  readonly isLocal: boolean;
  readonly threads: Threads;
  readonly reader: PieceReader;

  /**
   * @throws {SortedError} BAD_OPTION
   * @throws {FileSortError} OLD_NODE, NOT_ENOUGH_MEMORY, BAD_OPTION, NOT_A_FILE, BAD_COMPRESSION; Node's own errors
   */
  static async open(options: ReadFilesOptions & SortOptions): Promise<Reading> {
    const old = oldNode();
    if (old !== undefined) throw new FileSortError("OLD_NODE", old);
    checkOptions(options);
    const planned = plan(options);
    const inputs: OpenInput[] = [];
    try {
      for (const input of options.inputs) inputs.push(await openInput(input));
      return new Reading(options, planned, inputs);
    } catch (error) {
      for (const input of inputs) await input.close();
      throw error;
    }
  }

  private constructor(options: ReadFilesOptions, plan: Plan, inputs: readonly OpenInput[]) {
    const { form = "text", signal } = options;
    const formOptions = formOptionsOf(options);
    this.plan = plan;
    this.inputs = inputs;
    const isKnown = inputs.every(({ source }) => source !== undefined);
    this.bytes = isKnown ? inputs.reduce((sum, { size = 0 }) => sum + size, 0) : undefined;
    this.isLocal = this.bytes !== undefined && this.bytes <= LOCAL_BYTES;
    const make = () => new KernelThread(kernelBytes(plan));
    const others = this.isLocal ? 0 : plan.threads - 1;
    this.threads = [make(), ...Array.from({ length: others }, make)];
    if (this.bytes !== undefined && !this.isLocal) this.#start();
    const isSelected = options.column !== undefined || options.field !== undefined;
    this.reader = new PieceReader(
      inputs,
      ({ name }, content, isAll) => formFor(form, formOptions, name, content, isAll),
      Math.min(this.pieceBytes, isSelected ? plan.selectedPieceBytes : Number.POSITIVE_INFINITY),
      signal,
    );
  }

  /** The length of pieces that take the least time, and with which all threads have an equal amount of work. */
  get pieceBytes(): number {
    const { pieceBytes, threads } = this.plan;
    if (this.bytes === undefined || this.bytes <= pieceBytes) return pieceBytes;
    const wanted = Math.min(pieceBytes, Math.max(LEAST_PIECE_BYTES, this.bytes / MOST_RUNS));
    const rounds = Math.ceil(this.bytes / (threads * wanted));
    return Math.min(pieceBytes, Math.ceil(this.bytes / (threads * rounds)) + SLACK_BYTES);
  }

  /** Puts the first piece into the first thread's memory; undefined if there is no input. */
  async first(): Promise<Piece | undefined> {
    const [thread] = this.threads;
    const piece = await this.reader.next(thread);
    const isShort = this.reader.isDone && thread.inputBytes <= LOCAL_BYTES;
    if (!this.isLocal && !isShort) this.#start();
    return piece;
  }

  /** @throws {FileSortError} INPUT_CHANGED */
  async verify(): Promise<void> {
    for (const input of this.inputs) await input.verify();
  }

  /** Stops the threads. */
  async stop(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.stop()));
  }

  async close(): Promise<void> {
    await this.stop();
    for (const input of this.inputs) await input.close();
  }

  #start(): void {
    for (const thread of this.threads) thread.start();
  }
}
