import { getSystemErrorMap } from "node:util";
import { SortedError } from "@sorted/core";
import { FileSortError, NotSortedError } from "@sorted/external-sort";
import { adviceOn, type Use } from "./advice.ts";
import type { FileCommand } from "./command-line.ts";
import { EXIT } from "./exit-status.ts";

/** The exit status for what a sort, merge or check has thrown. */
export function exitStatusOf(error: unknown): number {
  if (error instanceof SortedError) return error.code === "BAD_OPTION" ? EXIT.usage : EXIT.input;
  if (error instanceof NotSortedError) return EXIT.input;
  if (!(error instanceof FileSortError)) return EXIT.system;
  if (error.code === "BAD_OPTION") return EXIT.usage;
  return error.code === "BAD_COMPRESSION" ? EXIT.input : EXIT.system;
}

/** What to say of it, in one line; of what nobody expected, where it came from. */
export function messageOf(error: unknown, command: Pick<FileCommand, "files" | "outputFile">): string {
  if (isSystemError(error)) {
    const { path = error.syscall, code, errno } = error;
    const advice = adviceOn(code, useOf(path, command));
    const reason = getSystemErrorMap().get(errno)?.[1] ?? code;
    return `${path}: ${reason}${advice === undefined ? "" : `; ${advice}`}`;
  }
  if (error instanceof SortedError) return withFlags(error.message);
  if (error instanceof NotSortedError || error instanceof FileSortError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A path that is neither an input nor the output is the folder of the temporary files. */
function useOf(path: string, { files, outputFile }: Pick<FileCommand, "files" | "outputFile">): Use {
  if (path === "stdout" || path === outputFile) return "output";
  return files.includes(path) || path === "stdin" ? "input" : "temporary";
}

/**
 * The core advises options of the API; this command has flags.
 *
 * @example
 * withFlags("send header=present"); // "use --header present"
 */
function withFlags(message: string): string {
  return message
    .replaceAll(/\b(send )?(column|decimal|empty|field|header)=(\w+)/g, (_, send, name, value) =>
      send === undefined ? `--${name} ${value}` : `use --${name} ${value}`,
    )
    .replaceAll(" or send the type text/tab-separated-values", " or use --input tsv");
}

/** Whether nobody reads the output any more. */
export function isClosedPipe(error: unknown): boolean {
  return isSystemError(error) && error.code === "EPIPE";
}

interface SystemError extends Error {
  readonly errno: number;
  readonly syscall: string;
  readonly code: string;
  readonly path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && "errno" in error && typeof error.errno === "number" && "syscall" in error;
}
