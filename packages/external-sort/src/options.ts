import type { Format, FormOptions, SortOptions } from "@sorted/core";
import type { Sink, Source } from "./store/store.ts";

/**
 * What an input holds. `text`: numbers with a comma, a semicolon or white space between; `csv`: the same, or a table; `tsv`:
 * a table whose fields are separated by tabs; `json`: one document; `json-lines`: a document in each line. All are read as
 * `@sorted/core` reads them.
 */
export type InputForm = "text" | "csv" | "tsv" | "json" | "json-lines";

/** How bytes are compressed. */
export type Compression = "none" | "gzip" | "zstd";

/** A stream of bytes, such as `process.stdin`. It is read once, from its beginning to its end. */
export interface StreamInput {
  readonly stream: AsyncIterable<Uint8Array>;
  /** What errors call it. Default: `"stdin"`. */
  readonly name?: string;
}

/** An input: the path of a file, a stream, or a source of another store. Compression is found out from the first bytes. */
export type Input = string | StreamInput | Source;

/** Something that takes bytes one chunk after another, such as `process.stdout`. */
export interface StreamOutput {
  readonly stream: NodeJS.WritableStream;
}

/**
 * An output: the path of a file, a stream, or a sink of another store. A file appears, or is replaced, when all of it is
 * there; it may be one of the inputs.
 */
export type Output = string | StreamOutput | Sink;

/** What the functions of this package have in common. */
export interface ReadFilesOptions extends FormOptions {
  /** The inputs, one after the other: of equal numbers, those of the first input come first. */
  readonly inputs: readonly Input[];
  /** What the inputs hold. Default: `text`. */
  readonly form?: InputForm;
  /** How deeply brackets may be nested in JSON, those in strings included. Default: 512. */
  readonly maxDepth?: number;
  /**
   * How much memory the process may take, in bytes. Default: what the control group allows, or else three quarters of
   * what the machine has free.
   */
  readonly memoryBytes?: number;
  /** How many threads sort. Default: as many as there are processors, if memory suffices. */
  readonly threads?: number;
  /** How long the pieces are that are sorted at once, in bytes, if memory allows it. Default: as long as it allows. */
  readonly pieceBytes?: number;
  /** Ends the work; the promise is then rejected with the signal's reason, and nothing is left behind. */
  readonly signal?: AbortSignal;
  /** Is told now and then how far the work is; at most ten times a second, and at the end of each pass. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Options of `sortFiles` and `mergeSorted`. */
export interface SortFilesOptions extends ReadFilesOptions, SortOptions {
  readonly output: Output;
  /** How the output is written. Default: `text`, a number in each line. */
  readonly format?: Format;
  /** How the output is compressed. Default: `none`. */
  readonly compression?: Compression;
  /** Where temporary files go. Default: `TMPDIR`, or else the output's folder, or the working directory. */
  readonly tempFolder?: string;
  /** Whether the result is to have `statistics`: the threads read the output once more. Default: false. */
  readonly statistics?: boolean;
}

/** How far the work is. */
export interface Progress {
  /** `read`: the inputs become sorted runs. `write`: the runs become the output. An input that fits has one pass. */
  readonly pass: "read" | "write";
  /** Bytes of this pass that are done. */
  readonly bytes: number;
  /** Bytes of this pass in all; absent where nobody knows, as of a stream. */
  readonly totalBytes?: number;
  /** Numbers of this pass that are done. */
  readonly numbers: number;
  /** Seconds since the start. */
  readonly seconds: number;
  /** How many seconds are left, by what was done up to now; absent where `totalBytes` is. */
  readonly secondsLeft?: number;
}

/** What a sort has done. */
export interface SortFilesResult {
  /** Numbers read. */
  readonly numbersIn: number;
  /** Numbers written: as many as were read, less what `unique` and `limit` left out. */
  readonly numbersOut: number;
  /** Bytes read, after decompression. */
  readonly bytesIn: number;
  /** Bytes written, before compression. */
  readonly bytesOut: number;
  /**
   * Checksum of the multiset of the numbers read: 16 hexadecimal digits. Each number counts with the digits that the
   * output shows; their order does not. Without `unique` and `limit` it has been found to be that of what was written.
   */
  readonly checksum: string;
  /** Sorted runs of the first pass; 0 where the input was sorted at once. */
  readonly runs: number;
  /** Bytes of temporary files. */
  readonly temporaryBytes: number;
  /** Seconds from start to end. */
  readonly seconds: number;
  /** Only if asked for. */
  readonly statistics?: Statistics;
}

/** What can be said of the numbers of an output, after `unique` and `limit`. All of it is exact. */
export interface Statistics {
  readonly count: number;
  /** How many different numbers there are. */
  readonly distinct: number;
  /** The least and the greatest number, with the digits that they were read with; absent where there are none. */
  readonly min?: string;
  readonly max?: string;
  /**
   * The number in the middle, with the digits that it was read with; of an even count the mean of the two in the middle,
   * which is absent where one of them, written without an exponent, has more than 10,000 digits on a side of its point.
   */
  readonly median?: string;
  /** The sum of all, without an exponent; absent where one of them has as many digits. */
  readonly sum?: string;
}

/** Options of `checkSorted`. */
export interface CheckSortedOptions extends ReadFilesOptions, Pick<SortOptions, "order" | "unique"> {}

/** Whether numbers are in order, and if not, the first that is not. */
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
