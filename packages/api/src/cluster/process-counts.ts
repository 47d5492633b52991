import { availableParallelism } from "node:os";

const MEBIBYTE = 2 ** 20;
/** With less memory, a process could accept little more than small requests. */
const LEAST_PROCESS_BYTES = 256 * MEBIBYTE;
/** What the primary process needs for itself. */
const PRIMARY_BYTES = 64 * MEBIBYTE;

/** How many processes the setting `WORKERS` means. Node knows a container's limit on processors too. */
export function workerCount(setting: string, memoryBytes: number): number {
  if (setting !== "auto") return Number(setting);
  return Math.max(1, Math.min(availableParallelism(), Math.floor(memoryBytes / LEAST_PROCESS_BYTES)));
}

/** How many bytes each of these processes may use. A single process has no primary process. */
export function processMemoryBytes(memoryBytes: number, workers: number): number {
  return workers === 1 ? memoryBytes : Math.max(0, memoryBytes - PRIMARY_BYTES) / workers;
}

/** How many threads sort large bodies in a process. One processor is left for the thread that reads and writes. */
export function threadCount(workers: number): number {
  return Math.max(1, Math.floor(availableParallelism() / workers) - 1);
}
