import type { Progress } from "@sorted/external-sort";
import type { FileCommand } from "./command-line.ts";

/** What is shown of how far the work is. */
interface Shown {
  readonly onProgress: ((progress: Progress) => void) | undefined;
  /** Leaves nothing on the terminal. */
  end(): void;
}

/** A bar that is gone sooner than it is read would only flicker. */
const QUIET_SECONDS = 0.5;
const CLEAR_LINE = "\r\u001b[K";

/** Tells on standard error how far the work is. */
export function progressOf(how: FileCommand["progress"]): Shown {
  if (how === "none") return { onProgress: undefined, end: () => {} };
  if (how === "json") {
    return { onProgress: (progress) => console.error(JSON.stringify(rounded(progress))), end: () => {} };
  }
  let isShown = false;
  return {
    onProgress: (progress) => {
      if (progress.seconds < QUIET_SECONDS) return;
      isShown = true;
      // Some terminals say that they have 0 columns.
      process.stderr.write(CLEAR_LINE + bar(progress, process.stderr.columns || 80));
    },
    end: () => {
      if (isShown) process.stderr.write(CLEAR_LINE);
      isShown = false;
    },
  };
}

/** To milliseconds. */
function rounded({ seconds, secondsLeft, ...others }: Progress): Progress {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    ...others,
    seconds: round(seconds),
    ...(secondsLeft === undefined ? {} : { secondsLeft: round(secondsLeft) }),
  };
}

/**
 * One line, shorter than the terminal is wide.
 *
 * @example
 * bar({ pass: "read", bytes: 5e8, totalBytes: 1e9, numbers: 25e6, seconds: 2, secondsLeft: 2 }, 80);
 * // "reading [#########---------]  50% of 1000 MB, 25,000,000 numbers, 2 s left"
 */
function bar(
  { pass, bytes, totalBytes, numbers, seconds, secondsLeft = 0 }: Progress,
  columns: number,
): string {
  const verb = pass === "read" ? "reading" : "writing";
  const count = `${numbers.toLocaleString("en")} numbers`;
  if (totalBytes === undefined) {
    return `${verb} ${megabytes(bytes)}, ${count}, ${Math.round(seconds)} s`.slice(0, columns - 1);
  }
  const share = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes);
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const text = `${percent} of ${megabytes(totalBytes)}, ${count}, ${Math.ceil(secondsLeft)} s left`;
  const cells = Math.min(40, columns - verb.length - text.length - 5);
  if (cells < 8) return `${verb}${text}`.slice(0, columns - 1);
  const full = Math.round(share * cells);
  return `${verb} [${"#".repeat(full)}${"-".repeat(cells - full)}] ${text}`;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;
