import { EXIT, EXIT_MEANINGS } from "../exit-status.ts";
import { type Flag, flags } from "../flags.ts";

/** A paragraph; a term with what there is to say of it; or lines as they are typed. */
export type Block = string | { readonly term: string; readonly text: string } | { readonly lines: string };

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What the help and the man page say. */
export const manual: readonly Section[] = [
  { title: "NAME", blocks: ["sorted - sort numbers in files of any size, exact to the last digit"] },
  {
    title: "SYNOPSIS",
    blocks: [
      {
        lines:
          "sorted [OPTION]... [FILE]...\nsorted --merge [OPTION]... [FILE]...\nsorted --check [OPTION]... [FILE]...",
      },
    ],
  },
  {
    title: "DESCRIPTION",
    blocks: [
      "Sorts the numbers of all FILEs together and writes them to standard output. Without a FILE, or where FILE is -, it reads standard input. Inputs may be compressed with gzip or zstd.",
      "Numbers are compared as decimals, however many digits or how large an exponent they have, and each is written with the digits that it came with. Equal numbers keep their order.",
      "Files may be larger than memory: --memory bounds what the command takes, and temporary files take about as much disk as the inputs. The numbers written are verified to be the numbers read. Until all is done, the output file is as it was before.",
    ],
  },
  {
    title: "OPTIONS",
    blocks: flags.map(([name, flag]) => ({ term: flagTerm(name, flag), text: flagText(flag) })),
  },
  {
    title: "EXIT STATUS",
    blocks: [
      ...Object.entries(EXIT).map(([meaning, status]) => ({
        term: String(status),
        // Safe, as both tables have the same keys.
        text: EXIT_MEANINGS[meaning as keyof typeof EXIT],
      })),
      "After SIGINT, SIGTERM or SIGHUP the command removes what it has begun, and ends by the signal.",
    ],
  },
  {
    title: "ENVIRONMENT",
    blocks: [{ term: "TMPDIR", text: "The folder of temporary files, if --temp does not name one." }],
  },
  {
    title: "EXAMPLES",
    blocks: [
      { term: "sorted numbers.txt -o numbers.txt", text: "Sorts a file in place." },
      {
        term: "sorted --order desc --limit 10 *.csv",
        text: "Writes the ten greatest numbers of many files.",
      },
      { term: "zcat log.gz | sorted --unique | wc -l", text: "Counts the different numbers." },
      { term: "sorted --check numbers.txt", text: "Tells by its exit status whether a file is in order." },
      { term: 'eval "$(sorted --completion bash)"', text: "Completes flags and their values in this shell." },
    ],
  },
  { title: "SEE ALSO", blocks: ["sort(1)"] },
];

/** How a flag is written, such as `-o, --output-file FILE`. */
function flagTerm(name: string, { short, value }: Flag): string {
  const long = value === undefined ? `--${name}` : `--${name} ${value.name}`;
  return short === undefined ? long : `-${short}, ${long}`;
}

function flagText({ summary, details, value }: Flag): string {
  const values = value?.choices === undefined ? "" : ` ${value.name} is one of ${value.choices.join(", ")}.`;
  const rest = details === undefined ? "" : ` ${details}`;
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.${values}${rest}`;
}
