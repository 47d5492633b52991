import { FileSortError } from "../errors.ts";
import { BEGINNING, type Beginning, type Cut, type Form, NOTHING, type PieceForm } from "../forms/form.ts";
import type { KernelThread } from "../threads/kernel-thread.ts";
import type { OpenInput } from "./inputs.ts";

/** A part of an input, in a kernel's memory, with the text before and after it that makes it a whole. */
export interface Piece extends Beginning {
  /** Pieces are numbered from 0, over all inputs. */
  readonly index: number;
  readonly input: OpenInput;
  /** How to read and cut the input. */
  readonly form: Form;
  /** Where the content begins in the input, in bytes. */
  readonly offset: number;
  readonly contentBytes: number;
  readonly suffix: Uint8Array;
  /** The bytes between this content and that of the next piece: separators. */
  readonly gap: Uint8Array;
}

/** How to read a piece. */
export function formOfPiece({ isFirst, form }: Piece): PieceForm {
  return isFirst ? form.first : form.later;
}

/** Where reading an input continues. */
interface Place {
  readonly offset: number;
  readonly beginning: Beginning;
}

const START: Place = { offset: 0, beginning: BEGINNING };

/** Decides how to read an input, from its beginning, or all of it. */
export type FormFor = (input: OpenInput, content: Buffer, isAll: boolean) => Form;

/** How much of a piece's end is searched for a place to cut, before the whole piece is. */
const MAX_SLACK_BYTES = 2 ** 16;

/** Cuts the inputs into pieces, and puts them into the memory of the threads that ask for one. */
export class PieceReader {
  readonly #inputs: OpenInput[];
  readonly #formFor: FormFor;
  /** How to read the current input; undefined before its first piece. */
  #form: Form | undefined;
  readonly #signal: AbortSignal | undefined;
  /** The greatest length of the next piece. */
  #pieceBytes: number;
  #turn: Promise<unknown> = Promise.resolve();
  #index = 0;
  #place = START;
  #chunks: AsyncIterator<Uint8Array> | undefined;
  /** Bytes that were taken from the chunks, and don't belong to a piece yet. */
  #rest: Uint8Array = NOTHING;

  constructor(
    inputs: readonly OpenInput[],
    formFor: FormFor,
    pieceBytes: number,
    signal: AbortSignal | undefined,
  ) {
    this.#signal = signal;
    this.#inputs = [...inputs];
    this.#formFor = formFor;
    this.#pieceBytes = pieceBytes;
  }

  /** Whether everything has been read. */
  get isDone(): boolean {
    return this.#inputs.length === 0;
  }

  /** Makes later pieces shorter. */
  limit(pieceBytes: number): void {
    this.#pieceBytes = Math.max(1024, Math.min(this.#pieceBytes, Math.floor(pieceBytes)));
  }

  /**
   * Puts the next piece into a thread's memory; undefined if there is none.
   *
   * @throws {FileSortError} NOT_ENOUGH_MEMORY, if a piece would not hold one whole number
   */
  async next(thread: KernelThread): Promise<Piece | undefined> {
    // The end of one piece decides where the next begins. Their content may be read at the same time.
    const turn = this.#turn.then(() => this.#begin(thread));
    this.#turn = turn.catch(() => {});
    const begun = await turn;
    if (begun === undefined) return undefined;
    const { piece, load } = begun;
    await load();
    return piece;
  }

  async #begin(thread: KernelThread): Promise<{ piece: Piece; load(): Promise<void> } | undefined> {
    const [input] = this.#inputs;
    if (input === undefined) return undefined;
    thread.inputBytes = 0;
    thread.append(this.#place.beginning.prefix);
    return (await this.#beginAtRandom(input, thread)) ?? this.#beginInOrder(input, thread);
  }

  /** Finds where the piece ends without reading all of it. */
  async #beginAtRandom(input: OpenInput, thread: KernelThread) {
    const { source } = input;
    const form = this.#form;
    if (source === undefined || form?.cutAnywhere === undefined) return undefined;
    const { offset } = this.#place;
    const left = source.size - offset;
    const slack = Math.min(MAX_SLACK_BYTES, this.#pieceBytes >> 1);
    let cut: Cut | undefined;
    if (left > this.#pieceBytes) {
      const end = Buffer.alloc(slack);
      await source.read(end, offset + this.#pieceBytes - slack);
      const found = form.cutAnywhere(end);
      if (found === undefined) return undefined;
      const skipped = this.#pieceBytes - slack;
      cut = { ...found, end: found.end + skipped, next: found.next + skipped };
      const gap = end.subarray(found.end, found.next);
      const piece = this.#take(input, form, cut.end, cut, gap, cut.next);
      return { piece, load: () => this.#load(source, piece, thread) };
    }
    const piece = this.#take(input, form, left, undefined, NOTHING, left);
    return { piece, load: () => this.#load(source, piece, thread) };
  }

  async #load(
    source: { read(buffer: Uint8Array, position: number): Promise<number> },
    piece: Piece,
    thread: KernelThread,
  ) {
    await source.read(thread.extend(piece.contentBytes), piece.offset);
    thread.append(piece.suffix);
  }

  /** Reads the piece and finds where it ends. */
  async #beginInOrder(input: OpenInput, thread: KernelThread) {
    const prefixBytes = thread.inputBytes;
    const isAll = await this.#fill(input, thread, prefixBytes + this.#pieceBytes);
    const content = thread.input.subarray(prefixBytes);
    this.#form ??= this.#formFor(input, content, isAll);
    const form = this.#form;
    const whole = () => ({
      piece: this.#take(input, form, content.length, undefined, NOTHING, content.length),
      load: nothingMore,
    });
    if (isAll) return whole();
    const slack = Math.min(MAX_SLACK_BYTES, this.#pieceBytes >> 1);
    const cut = form.cut(content, Math.max(0, content.length - slack), this.#place.beginning);
    if (cut === "fault") return whole();
    if (cut === undefined) {
      throw new FileSortError(
        "NOT_ENOUGH_MEMORY",
        `${input.name}: what is at byte ${this.#place.offset + input.bytesOf(content)} (a number, a string or a record) does not end within ${content.length} bytes, which is all that fits into memory`,
      );
    }
    const gap = Buffer.from(content.subarray(cut.end, cut.next));
    if (this.#chunks !== undefined) this.#rest = Buffer.concat([content.subarray(cut.next), this.#rest]);
    const bytes = input.bytesOf(content.subarray(0, cut.next));
    const piece = this.#take(input, form, cut.end, cut, gap, bytes);
    thread.inputBytes = prefixBytes + cut.end;
    thread.append(cut.suffix);
    return { piece, load: nothingMore };
  }

  /** Fills a thread's memory up to `inputBytes`; returns whether that is the rest of the input. */
  async #fill(input: OpenInput, thread: KernelThread, inputBytes: number): Promise<boolean> {
    const { source } = input;
    if (source !== undefined) {
      const left = source.size - this.#place.offset;
      const wanted = Math.min(inputBytes - thread.inputBytes, left);
      await source.read(thread.extend(wanted), this.#place.offset);
      return wanted === left;
    }
    if (this.#chunks === undefined) {
      this.#chunks = input.chunks()[Symbol.asyncIterator]();
      this.#rest = NOTHING;
    }
    for (;;) {
      const taken = this.#rest.subarray(0, inputBytes - thread.inputBytes);
      thread.append(taken);
      this.#rest = this.#rest.subarray(taken.length);
      if (this.#rest.length > 0) return false;
      const { done, value } = await unlessAborted(this.#chunks.next(), this.#signal);
      if (done) return true;
      this.#rest = value;
    }
  }

  /**
   * Takes this much as a piece, and continues after it: with the next input if there is no cut.
   *
   * @param bytes how long content and gap are in the input
   */
  #take(
    input: OpenInput,
    form: Form,
    contentBytes: number,
    cut: Cut | undefined,
    gap: Uint8Array,
    bytes: number,
  ): Piece {
    const { offset, beginning } = this.#place;
    const suffix = cut?.suffix ?? NOTHING;
    const piece = { ...beginning, index: this.#index, input, form, offset, contentBytes, suffix, gap };
    this.#index += 1;
    if (cut === undefined) {
      this.#inputs.shift();
      this.#chunks = undefined;
      this.#form = undefined;
      this.#place = START;
    } else {
      this.#place = { offset: offset + bytes, beginning: cut.beginning };
    }
    return piece;
  }
}

/** Waits for a promise unless the signal is aborted: a stream may never send its next chunk. */
async function unlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

async function nothingMore(): Promise<void> {}
