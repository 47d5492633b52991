import { fstatSync } from "node:fs";
import { checkSorted, FileSortError, mergeSorted, sortFiles } from "@sorted/external-sort";
import type { FileCommand } from "./command-line.ts";
import { EXIT } from "./exit-status.ts";
import { exitStatusOf, isClosedPipe, messageOf } from "./failure.ts";
import { progressOf } from "./progress.ts";
import { statisticsTable } from "./statistics-table.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Sorts, merges or checks; returns the exit status. */
export async function runFileCommand(command: FileCommand): Promise<number> {
  const controller = new AbortController();
  let endedBy: NodeJS.Signals | undefined;
  const end = (signal: NodeJS.Signals) => {
    endedBy = signal;
    for (const one of SIGNALS) process.off(one, end);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, end);
  const progress = progressOf(command.progress);
  try {
    return await perform(command, controller.signal, progress);
  } catch (error) {
    progress.end();
    if (endedBy === undefined) {
      if (isClosedPipe(error)) return EXIT.done;
      console.error(`sorted: ${messageOf(error, command)}`);
      return exitStatusOf(error);
    }
    // Nothing is left behind now: end as whoever started the command expects of a process that the signal ended.
    process.kill(process.pid, endedBy);
    return EXIT.system;
  } finally {
    progress.end();
  }
}

async function perform(
  { mode, files, outputFile, options }: FileCommand,
  signal: AbortSignal,
  { onProgress, end }: ReturnType<typeof progressOf>,
): Promise<number> {
  const inputs = files.map((file) => (file === "-" ? standardInput() : file));
  const common = { inputs, signal, ...options, ...(onProgress === undefined ? {} : { onProgress }) };
  if (mode === "check") {
    const result = await checkSorted(common);
    if (result.sorted) return EXIT.done;
    const { input, line, offset, number, previous } = result.disorder;
    console.error(`sorted: ${input}: ${number} comes after ${previous} (line ${line}, byte ${offset})`);
    return EXIT.disorder;
  }
  const output = outputFile === undefined || outputFile === "-" ? standardOutput() : outputFile;
  const { statistics } = await (mode === "merge" ? mergeSorted : sortFiles)({ ...common, output });
  if (statistics !== undefined) {
    end();
    process.stderr.write(statisticsTable(statistics));
  }
  return EXIT.done;
}

function standardInput() {
  // Node reads a folder as an empty stream.
  if (fstatSync(process.stdin.fd).isDirectory())
    throw new FileSortError("NOT_A_FILE", "stdin is a folder: give a file, or a pipe");
  return { stream: process.stdin, name: "stdin" };
}

function standardOutput() {
  // An error may come again after the sort has heard of the first.
  process.stdout.on("error", () => {});
  return { stream: process.stdout };
}
