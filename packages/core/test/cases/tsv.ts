import type { TextCases } from "./case.ts";

/** Tables whose fields are separated by tabs. */
export const tsv: TextCases = {
  accepted: [
    ["2\t1\r\n3\t\n", "1 2 3"],
    ["a\tb\n2\t1\n", "1 2", { header: "present" }],
    ["a, b\tc; d\nx\t1\n", "1", { header: "present", column: "c; d" }],
    ["x\t1,5\n", "1.5", { column: 2, decimal: "comma" }],
    ["1\t\t2\n", "1 2", { empty: "skip" }],
    ["\t1\n", "1", { empty: "skip" }],
  ],
  refused: [
    ["1\t^\t2\n", "NOT_A_NUMBER", 1],
    ["1^,2\n", "NOT_A_NUMBER", 1],
    ["1 ^2\n", "NOT_A_NUMBER", 1],
    ["1\t2\n^\t3\n", "NOT_A_NUMBER", 2],
    ["x\t^y\n", "NOT_A_NUMBER", 1, { column: 2 }],
  ],
};
