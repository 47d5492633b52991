/** What a file is for. */
export type Use = "input" | "output" | "temporary";

/** What helps if the system refuses a file, by the system's code; for all uses, or for one. */
const ADVICE: { readonly [code: string]: string | { readonly [use in Use]?: string } } = {
  ENOENT: {
    input: "give the path of a file, or - for standard input",
    output: "its folder must exist",
    temporary: "give a folder for temporary files with --temp",
  },
  ENOTDIR: {
    input: "give the path of a file, or - for standard input",
    output: "what stands before the last / must be a folder",
    temporary: "give a folder for temporary files with --temp",
  },
  EACCES: {
    input: "you need the right to read it",
    output: "you need the right to write to it and to its folder; or give another file with -o",
    temporary: "give a folder that you may write to with --temp",
  },
  EROFS: {
    output: "give a file on another disk with -o",
    temporary: "give a folder on another disk with --temp",
  },
  ENOSPC: {
    output: "free some space, or give a file on another disk with -o",
    temporary: "free some space, or give a folder on another disk with --temp",
  },
  EMFILE: "raise the limit with ulimit -n; or sort some of the files at a time, and --merge the results",
};

/** The codes for which the same helps. */
const SAME: { readonly [code: string]: string } = { EPERM: "EACCES", EDQUOT: "ENOSPC", ENFILE: "EMFILE" };

/** What the user may do if the system refuses a file with this code; undefined if nobody knows. */
export function adviceOn(code: string, use: Use): string | undefined {
  const advice = ADVICE[SAME[code] ?? code];
  return typeof advice === "object" ? advice[use] : advice;
}
