import { DEFAULT_MAX_DEPTH } from "./collector.ts";
import { checkForm, type Grammar } from "./form.ts";
import { ENCODED_LAYOUTS, type Format } from "./format.ts";
import {
  instantiate,
  type KernelExports,
  type KernelMemory,
  ownMemory,
  PAGE_BYTES,
} from "./kernel-module.ts";
import { checkOptions, type ReadOptions } from "./options.ts";
import { type Form, formOf } from "./text-form.ts";

/** Memory at least doubles when it grows, up to this size. */
const MOST_DOUBLED_BYTES = 2 ** 30;
const UINT32_MAX = 2 ** 32 - 1;

/** How far the kernel reads past the end of its input. */
const PADDING_BYTES = 64;

/** The separator of each format as one integer, for the kernel: the first byte is the lowest. */
const SEPARATOR_CODES = {
  json: separatorCode("json"),
  "json-strings": separatorCode("json-strings"),
  text: separatorCode("text"),
  csv: separatorCode("csv"),
};

/** How the kernel's functions are told the form. */
type FormArguments = readonly [
  form: number,
  hasDecimalComma: boolean,
  hasHeader: boolean,
  skipsEmpty: boolean,
];

/** The numbers by which the kernel knows the forms: see `kernel/form.ts`. */
const FORM_CODES: { readonly [form in Form]: number } = {
  json: 0,
  "json-lines": 1,
  text: 2,
  list: 3,
  csv: 4,
  tsv: 5,
};

/**
 * One instance of the kernel in WebAssembly, with its memory. Append an input piece by piece, sort it, and read the answer
 * from the same memory.
 */
export class KernelInstance {
  /** The memory that the input and the answer lie in. */
  readonly memory: KernelMemory;
  readonly #exports: KernelExports;
  #bytes: Uint8Array;
  #inputEnd: number;
  #count = 0;

  /**
   * @param memory made by `sharedMemory`; default: memory of its own
   * @param inputBytes the length of the input, if the memory holds one already
   * @throws if WebAssembly or its SIMD is missing
   */
  constructor(memory?: KernelMemory, inputBytes = 0) {
    this.memory = memory ?? ownMemory();
    this.#exports = instantiate(this.memory, memory !== undefined);
    this.#bytes = new Uint8Array(this.memory.buffer);
    this.#inputEnd = this.#exports.source() + inputBytes;
  }

  /** How many bytes the input has. */
  get inputBytes(): number {
    return this.#inputEnd - this.#exports.source();
  }

  /** The input: a view into memory, until the next call. */
  get input(): Uint8Array {
    return this.#view().subarray(this.#exports.source(), this.#inputEnd);
  }

  /** An upper bound of the memory, in bytes, that the last sort and its answer have used. */
  get usedBytes(): number {
    return this.#exports.usedBytes();
  }

  /** How many numbers the answer of the last sort has. */
  get count(): number {
    return this.#count;
  }

  /** How many numbers the last sort or check has read, before `unique` and `limit`. */
  get numbersRead(): number {
    return this.#exports.numbersRead() >>> 0;
  }

  /** How many line ends the input has: LF, CR or both. */
  get lineEnds(): number {
    return this.#exports.lineEnds(this.inputBytes) >>> 0;
  }

  /** Whether each sort takes the checksum of the numbers that it reads, before it sorts them. Default: false. */
  set isSumming(value: boolean) {
    this.#exports.setSumming(value);
  }

  /** The checksum of the literals that the last sort has read. It does not depend on their order. */
  get checksumIn(): bigint {
    return BigInt.asUintN(64, this.#exports.checksumIn());
  }

  /** The same checksum of the numbers in the answer that the last `write` has written. */
  checksumOut(format: Format): bigint {
    const { length } = ENCODED_LAYOUTS[format].separator;
    return BigInt.asUintN(64, this.#exports.checksumOut(SEPARATOR_CODES[format] & 0xff, length));
  }

  /** Forgets the input. */
  clear(): void {
    this.#inputEnd = this.#exports.source();
  }

  /**
   * Adds to the end of the input.
   *
   * @throws {RangeError} if there is not enough memory
   */
  append(chunk: Uint8Array): void {
    this.reserve(this.inputBytes + chunk.length);
    this.#view().set(chunk, this.#inputEnd);
    this.#inputEnd += chunk.length;
  }

  /**
   * Makes the input longer by so many bytes, which the caller then writes.
   *
   * @returns the place for them: a view into memory, until the next call
   * @throws {RangeError} if there is not enough memory
   */
  extend(bytes: number): Uint8Array {
    this.reserve(this.inputBytes + bytes);
    const start = this.#inputEnd;
    this.#inputEnd += bytes;
    return this.#view().subarray(start, this.#inputEnd);
  }

  /**
   * Makes room for an input of so many bytes, so that memory does not grow while it arrives.
   *
   * @throws {RangeError} if there is not enough memory
   */
  reserve(inputBytes: number): void {
    const { byteLength } = this.memory.buffer;
    const needed = this.#exports.source() + inputBytes + PADDING_BYTES;
    if (needed <= byteLength) return;
    // Doubling keeps growth rare; pages that are never touched cost nothing.
    const bytes = Math.max(needed, Math.min(2 * byteLength, MOST_DOUBLED_BYTES));
    this.memory.grow(Math.ceil((bytes - byteLength) / PAGE_BYTES));
  }

  /**
   * Sorts the input, and leaves it as it is. Returns false if the input has a fault or is too large for the kernel: the
   * reference then says what is wrong, or sorts it.
   *
   * @throws {SortedError} BAD_OPTION
   */
  sort(grammar: Grammar, options: ReadOptions): boolean {
    const { order, unique = false, limit = Infinity } = options;
    const { maxDepth = DEFAULT_MAX_DEPTH, maxNumbers = Infinity } = options;
    const form = this.#formFor(grammar, options);
    if (form === undefined) return false;
    const [code, hasDecimalComma, hasHeading, skipsEmpty] = form;
    const count = this.#exports.sort(
      this.inputBytes,
      code,
      hasDecimalComma,
      hasHeading,
      skipsEmpty,
      order === "desc",
      unique,
      Math.min(limit, UINT32_MAX),
      Math.min(maxDepth, UINT32_MAX),
      Math.min(maxNumbers, UINT32_MAX),
    );
    this.#count = Math.max(count, 0);
    return count >= 0;
  }

  /**
   * The answer to the last sort: a view into memory, until the next call.
   *
   * @throws {RangeError} if there is not enough memory
   */
  write(format: Format): Uint8Array {
    const { head, separator, tail, empty } = ENCODED_LAYOUTS[format];
    if (!this.#exports.write(SEPARATOR_CODES[format], separator.length))
      throw new RangeError("not enough memory for the answer");
    const start = this.#exports.answerStart() - head.length;
    const end = this.#exports.answerEnd() - separator.length;
    const bytes = this.#view();
    if (this.#count === 0) {
      bytes.set(empty, start);
      return bytes.subarray(start, start + empty.length);
    }
    bytes.set(head, start);
    bytes.set(tail, end);
    return bytes.subarray(start, end + tail.length);
  }

  /**
   * Finds the first number that is out of order: it should stand before the number before it, or with `unique` equals it.
   * Returns its index, `numbersRead` if there is none, and undefined where `sort` returns false.
   *
   * @throws {SortedError} BAD_OPTION
   */
  firstDisorder(grammar: Grammar, options: ReadOptions): number | undefined {
    const { order, unique = false, maxDepth = DEFAULT_MAX_DEPTH, maxNumbers = Infinity } = options;
    const form = this.#formFor(grammar, options);
    if (form === undefined) return undefined;
    const index = this.#exports.check(
      this.inputBytes,
      ...form,
      order === "desc",
      unique,
      Math.min(maxDepth, UINT32_MAX),
      Math.min(maxNumbers, UINT32_MAX),
    );
    return index < 0 ? undefined : index;
  }

  /** A copy of a number of the input, as an answer would show it. Call `firstDisorder` before. */
  literal(index: number): Uint8Array<ArrayBuffer> {
    const start = this.#exports.literalStart(index);
    return new Uint8Array(this.#view().subarray(start, start + this.#exports.literalBytes(index)));
  }

  /**
   * Tells the kernel how to read the input; undefined if it can't.
   *
   * @throws {SortedError} BAD_OPTION
   */
  #formFor(grammar: Grammar, options: ReadOptions): FormArguments | undefined {
    checkOptions(options);
    // Only a text's own bytes say how it is read.
    const form = grammar === "text" ? formOf(grammar, this.input) : grammar;
    checkForm(form, options);
    const { decimal, header, column, field, empty } = options;
    // The reference alone finds columns and members.
    if (column !== undefined || field !== undefined) return undefined;
    return [FORM_CODES[form], decimal === "comma", header === "present", empty === "skip"];
  }

  /** A view of all memory. Growth detaches a view, so a new one is made then. */
  #view(): Uint8Array {
    if (this.#bytes.buffer !== this.memory.buffer) this.#bytes = new Uint8Array(this.memory.buffer);
    return this.#bytes;
  }
}

function separatorCode(format: Format): number {
  return ENCODED_LAYOUTS[format].separator.reduce((code, byte, i) => code | (byte << (8 * i)), 0);
}
