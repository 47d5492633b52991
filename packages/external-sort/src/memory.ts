import { availableParallelism, freemem, totalmem } from "node:os";
import { FileSortError } from "./errors.ts";
import type { ReadFilesOptions } from "./options.ts";

const MIB = 2 ** 20;

/** What the process takes before it sorts, and what each thread takes without its kernel's memory. */
const PROCESS_BYTES = 72 * MIB;
const THREAD_BYTES = 12 * MIB;

/** The kernel's references can reach an input of this many bytes and copies of its literals. */
const MAX_PIECE_BYTES = 60 * MIB;
const MIN_PIECE_BYTES = MIB / 2;

/**
 * The most that the kernel takes for each byte of a piece: the input, copies of its literals, the answer, and the space
 * between them; also half of a piece, if it must be halved.
 */
const BYTES_PER_BYTE = 7;
/** The most that it takes for each number: its entry and two records. */
const BYTES_PER_NUMBER = 44;
/**
 * The most that it takes for each byte of a piece if it reads only one column or member: the piece, tables of its
 * literals, a text of them, and a kernel's memory for that text.
 */
const BYTES_PER_SELECTED_BYTE = 64;
const MAX_SELECTED_PIECE_BYTES = 4 * MIB;
/** Less than most literals of doubles take. If numbers are shorter, the pieces become shorter too. */
const USUAL_NUMBER_BYTES = 16;

/** How a sort uses its memory. */
export interface Plan {
  readonly threads: number;
  /** The greatest length of a piece. */
  readonly pieceBytes: number;
  /** The greatest length of a piece of which only one column or member is read. */
  readonly selectedPieceBytes: number;
  /** The most numbers of a piece. */
  readonly maxNumbers: number;
}

/**
 * Divides the memory among the threads.
 *
 * @throws {FileSortError} NOT_ENOUGH_MEMORY, BAD_OPTION
 */
export function plan(options: Pick<ReadFilesOptions, "memoryBytes" | "threads" | "pieceBytes">): Plan {
  const memoryBytes = checked("memoryBytes", options.memoryBytes) ?? defaultMemoryBytes();
  const wanted = checked("threads", options.threads) ?? availableParallelism();
  const bytesPerPieceByte = BYTES_PER_BYTE + BYTES_PER_NUMBER / USUAL_NUMBER_BYTES;
  const least = THREAD_BYTES + MIN_PIECE_BYTES * bytesPerPieceByte;
  const threads = Math.min(wanted, Math.floor((memoryBytes - PROCESS_BYTES) / least));
  if (threads < 1) {
    const needed = Math.ceil((PROCESS_BYTES + least) / MIB);
    throw new FileSortError(
      "NOT_ENOUGH_MEMORY",
      `${Math.floor(memoryBytes / MIB)} MiB of memory are too little: at least ${needed} MiB are needed`,
    );
  }
  const kernelBytes = (memoryBytes - PROCESS_BYTES) / threads - THREAD_BYTES;
  const pieceBytes = Math.floor(
    Math.min(
      kernelBytes / bytesPerPieceByte,
      MAX_PIECE_BYTES,
      checked("pieceBytes", options.pieceBytes) ?? Infinity,
    ),
  );
  const maxNumbers = Math.floor((kernelBytes - pieceBytes * BYTES_PER_BYTE) / BYTES_PER_NUMBER);
  const selectedPieceBytes = Math.floor(
    Math.min(pieceBytes, MAX_SELECTED_PIECE_BYTES, kernelBytes / BYTES_PER_SELECTED_BYTE),
  );
  return { threads, pieceBytes, selectedPieceBytes, maxNumbers };
}

/** How much address space the kernel may need for a piece: pages that are never touched take no memory. */
export function kernelBytes({ pieceBytes, maxNumbers }: Plan): number {
  return MIB + 12 * pieceBytes + BYTES_PER_NUMBER * Math.min(maxNumbers, pieceBytes / 2) + MIB;
}

function checked(name: string, value: number | undefined): number | undefined {
  if (value !== undefined && !(Number.isSafeInteger(value) && value > 0))
    throw new FileSortError("BAD_OPTION", `option "${name}" must be an integer from 1`);
  return value;
}

/** Three quarters of what is free; or nine tenths of what a control group allows, which nobody else uses. */
function defaultMemoryBytes(): number {
  const allowed = process.constrainedMemory();
  const isConstrained = allowed > 0 && allowed < totalmem();
  return Math.floor(isConstrained ? Math.min(allowed * 0.9, freemem()) : freemem() * 0.75);
}
