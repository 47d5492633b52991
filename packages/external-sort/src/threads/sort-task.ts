import type { Format } from "@sorted/core";
import { type KernelInstance, maxOrderKeyBytes, writeOrderKey } from "@sorted/core/kernel";
import type { PieceForm } from "../forms/form.ts";
import { type PartStatistics, partStatistics } from "../statistics/part-statistics.ts";
import { lineEndsOfInput, readInput } from "./read-input.ts";

/** What a thread must do with the input in its kernel's memory. */
export interface SortTask {
  readonly inputBytes: number;
  readonly form: PieceForm;
  readonly order: "asc" | "desc";
  readonly unique: boolean;
  readonly limit: number;
  readonly maxDepth: number;
  readonly maxNumbers: number;
  readonly format: Format;
  /** The distance between samples of the answer, in bytes; 0 for no samples. */
  readonly sampleBytes: number;
  readonly countLines: boolean;
  /** Of what to take the checksum: the numbers as they are read, before they are sorted, and the answer. */
  readonly checksums: { readonly in: boolean; readonly out: boolean };
  readonly statistics: boolean;
}

/** The result; undefined if the kernel declined. */
export interface SortOutcome {
  readonly numbersIn: number;
  readonly numbersOut: number;
  /** Zero unless asked for. */
  readonly checksumIn: bigint;
  readonly checksumOut: bigint;
  readonly lineEnds: number;
  /** The place of the answer in the memory. */
  readonly start: number;
  readonly length: number;
  /** The answer, if it is not in the memory. */
  readonly bytes?: Uint8Array;
  readonly samples: Samples;
  /** Present if asked for, and if the answer has numbers. */
  readonly statistics?: PartStatistics;
}

/** Some numbers of an answer in text: where their literals begin, and the first bytes of their order keys. */
export interface Samples {
  readonly positions: Float64Array;
  /** A key takes KEY_BYTES. Zeros follow a shorter one, which does not change its order. */
  readonly keys: Uint8Array;
}

/** This many bytes of a key distinguish numbers well enough to cut between them. */
export const KEY_BYTES = 16;

const LINE_FEED = 0x0a;

/** Sorts the input of a kernel and writes the answer into its memory; undefined if it has a fault or is too large. */
export function performSort(kernel: KernelInstance, task: SortTask): SortOutcome | undefined {
  kernel.clear();
  kernel.extend(task.inputBytes);
  const lineEnds = task.countLines ? lineEndsOfInput(kernel, task.form) : 0;
  const input = readInput(kernel, task);
  if (input === undefined) return undefined;
  const outcome = sortInput(input.kernel, { ...task, form: input.form }, lineEnds);
  if (outcome === undefined || input.kernel === kernel) return outcome;
  const { start, length } = outcome;
  return { ...outcome, bytes: new Uint8Array(input.kernel.memory.buffer.slice(start, start + length)) };
}

function sortInput(kernel: KernelInstance, task: SortTask, lineEnds: number): SortOutcome | undefined {
  const { form, order, unique, limit, maxDepth, maxNumbers, format, sampleBytes, checksums } = task;
  kernel.isSumming = checksums.in;
  const { grammar, ...options } = form;
  if (!kernel.sort(grammar, { ...options, order, unique, limit, maxDepth, maxNumbers })) return undefined;
  const answer = kernel.write(format);
  const statistics = task.statistics ? partStatistics(answer) : undefined;
  return {
    numbersIn: kernel.numbersRead,
    numbersOut: kernel.count,
    checksumIn: checksums.in ? kernel.checksumIn : 0n,
    checksumOut: checksums.out ? kernel.checksumOut(format) : 0n,
    lineEnds,
    start: answer.byteOffset,
    length: answer.length,
    samples: sampleBytes > 0 ? samplesOf(answer, sampleBytes, order) : NO_SAMPLES,
    ...(statistics === undefined ? {} : { statistics }),
  };
}

const NO_SAMPLES: Samples = { positions: new Float64Array(), keys: new Uint8Array() };

function samplesOf(text: Uint8Array, everyBytes: number, order: "asc" | "desc"): Samples {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
  const most = Math.ceil(bytes.length / everyBytes) + 1;
  const positions = new Float64Array(most);
  const keys = new Uint8Array(most * KEY_BYTES);
  let key = new Uint8Array(64);
  let count = 0;
  for (let start = 0; start < bytes.length; count += 1) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (maxOrderKeyBytes(end - start) > key.length) key = new Uint8Array(2 * maxOrderKeyBytes(end - start));
    const keyEnd = writeOrderKey(bytes, start, end, key, 0, order);
    positions[count] = start;
    keys.set(key.subarray(0, Math.min(keyEnd, KEY_BYTES)), count * KEY_BYTES);
    start = bytes.indexOf(LINE_FEED, Math.min(Math.max(end, start + everyBytes), bytes.length - 1)) + 1;
  }
  return { positions: positions.slice(0, count), keys: keys.slice(0, count * KEY_BYTES) };
}
