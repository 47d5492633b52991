/** What the exit status says. */
export const EXIT = { done: 0, disorder: 1, usage: 2, input: 3, system: 4 } as const;

/** The same in words, for the help. */
export const EXIT_MEANINGS: { readonly [meaning in keyof typeof EXIT]: string } = {
  done: "All is done; with --check, the inputs are in order. Also if the reader of the output has closed it, as head does.",
  disorder: "With --check: the inputs are not in order.",
  usage: "The command line is wrong.",
  input:
    "An input is wrong: not a number, not JSON, not what its compression says; with --merge, not in order.",
  system: "A file cannot be read or written, or disk or memory is lacking, or Node is too old.",
};
