import { availableParallelism } from "node:os";

const MEBIBYTE = 2 ** 20;
/** With less than that, a process could take hardly more than small requests. */
const LEAST_PROCESS_BYTES = 256 * MEBIBYTE;
/** Taken by the process that starts the others and keeps the port. */
const PRIMARY_BYTES = 64 * MEBIBYTE;

/** How many processes the setting `WORKERS` means. Node knows the limit of a container for processors too. */
export function workerCount(setting: string, memoryBytes: number): number {
  if (setting !== "auto") return Number(setting);
  return Math.max(1, Math.min(availableParallelism(), Math.floor(memoryBytes / LEAST_PROCESS_BYTES)));
}

/** What each of so many processes may use, in bytes. A single one serves without another above it. */
export function processMemoryBytes(memoryBytes: number, workers: number): number {
  return workers === 1 ? memoryBytes : Math.max(0, memoryBytes - PRIMARY_BYTES) / workers;
}

/** How many threads a process sorts large bodies in: one processor is left to the thread that reads and writes. */
export function threadCount(workers: number): number {
  return Math.max(1, Math.floor(availableParallelism() / workers) - 1);
}
