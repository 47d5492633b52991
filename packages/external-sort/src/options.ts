import type { Format, FormOptions, SortOptions } from "@sorted/core";
import type { Sink, Source } from "./store/store.ts";

/**
 * What an input holds. `text`: numbers with a comma, a semicolon or white space between; `csv`: the same, or a table;
 * `tsv`: a table with tabs between fields; `json`: one document; `json-lines`: a document on each line. The package
 * reads them all as `@sorted/core` does.
 */
export type InputForm = "text" | "csv" | "tsv" | "json" | "json-lines";

/** How bytes are compressed. */
export type Compression = "none" | "gzip" | "zstd";

/** A stream of bytes, such as `process.stdin`. It is read once, from its beginning to its end. */
export interface StreamInput {
  readonly stream: AsyncIterable<Uint8Array>;
  /** Its name in errors. Default: `"stdin"`. */
  readonly name?: string;
}

/** An input: the path of a file, a stream, or a source of another store. Its first bytes tell its compression. */
export type Input = string | StreamInput | Source;

/** A stream that takes bytes, chunk by chunk, such as `process.stdout`. */
export interface StreamOutput {
  readonly stream: NodeJS.WritableStream;
  /** Its name in errors. Default: `"stdout"`. */
  readonly name?: string;
}

/**
 * An output: the path of a file, a stream, or a sink of another store. The file appears, or is replaced, when it is
 * complete. It may be one of the inputs.
 */
export type Output = string | StreamOutput | Sink;

/** The options that all functions of this package have. */
export interface ReadFilesOptions extends FormOptions {
  /** The inputs, one after the other: among equal numbers, those of the first input come first. */
  readonly inputs: readonly Input[];
  /** What the inputs hold. Default: `text`. */
  readonly form?: InputForm;
  /** How deeply brackets may be nested in JSON, those in strings included. Default: 512. */
  readonly maxDepth?: number;
  /**
   * How much memory the process may take, in bytes. Default: nine tenths of what the control group allows, or else
   * three quarters of what the machine has free.
   */
  readonly memoryBytes?: number;
  /** How many threads sort. Default: one per processor, if there is enough memory. */
  readonly threads?: number;
  /** The greatest length of the pieces that are sorted at once, in bytes. Default: what memory allows. */
  readonly pieceBytes?: number;
  /** Stops the work: the promise is rejected with the signal's reason, and nothing is left behind. */
  readonly signal?: AbortSignal;
  /** Receives the progress of the work: at most ten times a second, and at the end of each pass. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Options of `sortFiles` and `mergeSorted`. */
export interface SortFilesOptions extends ReadFilesOptions, SortOptions {
  readonly output: Output;
  /** The format of the output. Default: `text`, one number per line. */
  readonly format?: Format;
  /** The compression of the output. Default: `none`. */
  readonly compression?: Compression;
  /** The folder for temporary files. Default: `TMPDIR`, or else the output's folder, or the working directory. */
  readonly tempFolder?: string;
  /** Whether the result has `statistics`: the threads read the output once more. Default: false. */
  readonly statistics?: boolean;
}

/** The progress of the work. */
export interface Progress {
  /** `read`: the inputs become sorted runs. `write`: the runs become the output. An input that fits has one pass. */
  readonly pass: "read" | "write";
  /** Bytes of this pass that are done. */
  readonly bytes: number;
  /** All bytes of this pass; absent if nobody knows, as for a stream. */
  readonly totalBytes?: number;
  /** Numbers of this pass that are done. */
  readonly numbers: number;
  /** Seconds since the start. */
  readonly seconds: number;
  /** An estimate of the seconds left, from the progress so far; absent if `totalBytes` is. */
  readonly secondsLeft?: number;
}

/** The result of a sort. */
export interface SortFilesResult {
  /** Numbers read. */
  readonly numbersIn: number;
  /** Numbers written: those that were read, without those that `unique` and `limit` left out. */
  readonly numbersOut: number;
  /** Bytes read, after decompression, in UTF-8. */
  readonly bytesIn: number;
  /** Bytes written, before compression. */
  readonly bytesOut: number;
  /**
   * Checksum of the multiset of the numbers read: 16 hexadecimal digits. It depends on each number's digits as the
   * output shows them, but not on their order. Without `unique` and `limit`, the sort has checked that the output has
   * the same.
   */
  readonly checksum: string;
  /** Sorted runs of the first pass; 0 if the input was sorted at once. */
  readonly runs: number;
  /** Bytes of temporary files. */
  readonly temporaryBytes: number;
  /** Seconds from start to end. */
  readonly seconds: number;
  /** Only if asked for. */
  readonly statistics?: Statistics;
}

/** Facts about the numbers of an output, after `unique` and `limit`. All of them are exact. */
export interface Statistics {
  readonly count: number;
  /** How many different numbers there are. */
  readonly distinct: number;
  /** The least and the greatest number, with the digits of the input; absent if there are none. */
  readonly min?: string;
  readonly max?: string;
  /**
   * The number in the middle, with the digits of the input; the mean of the two in the middle if the count is even.
   * Absent if one of those two, written without an exponent, has more than 10,000 digits on one side of its point.
   */
  readonly median?: string;
  /** The sum of all numbers, without an exponent; absent if one of them has as many digits as that. */
  readonly sum?: string;
}

/** Options of `checkSorted`. */
export interface CheckSortedOptions extends ReadFilesOptions, Pick<SortOptions, "order" | "unique"> {}

/** Whether the numbers are in order, and if not, the first one that is not. */
export type CheckSortedResult =
  | { readonly sorted: true; readonly numbers: number }
  | { readonly sorted: false; readonly disorder: Disorder };

/** A number that should not come after the one before it. */
export interface Disorder {
  /** The input's name. */
  readonly input: string;
  /** Line of the input, from 1. */
  readonly line: number;
  /** Byte of the input, from 0. */
  readonly offset: number;
  /** The number, as the output of a sort would show it, and the one before it. */
  readonly number: string;
  readonly previous: string;
}
