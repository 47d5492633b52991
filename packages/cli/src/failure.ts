import { basename, dirname, resolve } from "node:path";
import { getSystemErrorMessage } from "node:util";
import { SortedError } from "@sorted/core";
import { FileSortError, NotSortedError } from "@sorted/external-sort";
import { EXIT } from "./exit-status.ts";

/** The exit status for what a sort, merge or check has thrown. */
export function exitStatusOf(error: unknown): number {
  if (error instanceof SortedError) return error.code === "BAD_OPTION" ? EXIT.usage : EXIT.input;
  if (error instanceof NotSortedError) return EXIT.input;
  if (!(error instanceof FileSortError)) return EXIT.system;
  if (error.code === "BAD_OPTION") return EXIT.usage;
  return error.code === "BAD_COMPRESSION" ? EXIT.input : EXIT.system;
}

/**
 * What to say of it, in one line; of what nobody expected, where it came from.
 *
 * @param outputFile the path of the output, if it is one
 */
export function messageOf(error: unknown, outputFile: string | undefined): string {
  if (isSystemError(error)) {
    const where = error.path === undefined ? error.syscall : nameOf(error.path, outputFile);
    return `${where}: ${getSystemErrorMessage(error.errno)}`;
  }
  if (error instanceof SortedError) return withFlags(error.message);
  if (error instanceof NotSortedError || error instanceof FileSortError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
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

/** An output is written under a hidden name at first, which says nothing to a user. */
function nameOf(path: string, outputFile: string | undefined): string {
  if (outputFile === undefined || dirname(resolve(path)) !== dirname(resolve(outputFile))) return path;
  return basename(path).startsWith(".") && path.endsWith(".tmp") ? outputFile : path;
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
