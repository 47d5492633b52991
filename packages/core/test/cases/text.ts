import type { TextCases } from "./case.ts";

/** Plain text and CSV: loose numbers, with one comma or semicolon between, or white space. */
export const text: TextCases = {
  accepted: [
    ["1", "1"],
    ["2 1", "1 2"],
    ["2,1", "1 2"],
    ["2;1", "1 2"],
    ["2\n1", "1 2"],
    ["2\r\n1\r\n", "1 2"],
    ["2\r1", "1 2"],
    ["2\t1", "1 2"],
    ["3, 2; 1", "1 2 3"],
    ["2 , 1", "1 2"],
    ["2 ,\n1", "1 2"],
    ["  3   2\n\n\n1  ", "1 2 3"],
    ["\n\n2,1\n", "1 2"],
    ["3,2,1\n6,5,4\n", "1 2 3 4 5 6"],
    ["3;2\r\n1", "1 2 3"],

    // The loose notation, and its rewriting.
    ["+4 .5 5. 007 -00 -.5 5.e3", "-0.5 -0 0.5 4 5 7 5e3"],
    ["1.0\n1\n1e0", "1.0 1 1e0"],
    ["9007199254740993\n9007199254740992", "9007199254740992 9007199254740993"],
    ["-1 -2 -3", "-3 -2 -1"],
    ["1,-2", "-2 1"],

    // Exponents as Fortran writes them.
    ["1.0D+05 2d-1", "2e-1 1.0e+05"],

    // One separator may stand at the end.
    ["1,", "1"],
    ["2,1,\n", "1 2"],
    ["2;1;\r\n", "1 2"],

    // A comma or semicolon with white space after it is not a decimal comma.
    ["1, 5; 2, 5", "1 2 5 5"],
    ["1,-5;2", "-5 1 2"],

    // Decimal commas.
    ["1,5;2,5", "1.5 2.5", { decimal: "comma" }],
    ["1,5\t-2,25\n,5", "-2.25 0.5 1.5", { decimal: "comma" }],
    ["1,50 ; 1,5", "1.50 1.5", { decimal: "comma" }],
    ["3,;2", "2 3", { decimal: "comma" }],
    ["1,5e3;2", "2 1.5e3", { decimal: "comma" }],

    // Headings, empty fields.
    ["price\n2\n1", "1 2", { header: "present" }],
    ['a "b,\n3', "3", { header: "present" }],
    ["price", "", { header: "present" }],
    ["1,,2,\n,3", "1 2 3", { empty: "skip" }],
    [",;,", "", { empty: "skip" }],

    // Quotation marks around a number, but not at the start.
    ['2,"1"', "1 2"],

    // What begins as JSON is JSON.
    ['{"x1":"3","x2":1}', "1 3"],
    ["[2, 1]", "1 2"],
    ['"2, 1"', "1 2"],
    ["\ufeff [[2],{}]", "2"],

    // Lists as numpy and MATLAB print them.
    ["[3. 1. 2.]", "1 2 3"],
    ["[[3 1]\n [-2 1e3]]\n", "-2 1 3 1e3"],
    ["[]", ""],
    ["[ 1 ]", "1"],

    // UTF-16, as Excel and PowerShell write it.
    [{ bytes: "\xff\xfe2\x00\t\x001\x00\r\x00\n\x00" }, "1 2"],
    [{ bytes: "\xfe\xff\x002\x00,\x001" }, "1 2"],

    // A byte order mark, as spreadsheets write it.
    ["\ufeff2,1", "1 2"],
    ["\ufeff\n1", "1"],

    ["3 1 2", "3 2", { order: "desc", limit: 2 }],
    ["1 1.0 2", "1 2", { unique: true }],
  ],
  refused: [
    ["^", "EMPTY_INPUT", 1],
    [" \n\n ^", "EMPTY_INPUT", 3],
    ["\ufeff^", "EMPTY_INPUT", 1],

    // Separators: leading, repeated, trailing, others.
    ["^,", "NOT_A_NUMBER", 1],
    ["^,1", "NOT_A_NUMBER", 1],
    ["^;", "NOT_A_NUMBER", 1],
    ["1,^,2", "NOT_A_NUMBER", 1],
    ["1, ^,2", "NOT_A_NUMBER", 1],
    ["1,^;2", "NOT_A_NUMBER", 1],
    ["1;^;2", "NOT_A_NUMBER", 1],
    ["1,\n^,2", "NOT_A_NUMBER", 2],
    // A separator that begins a line has an empty field before it.
    ["1,2\n^,3", "NOT_A_NUMBER", 2],
    ["1\r\n ^;3", "NOT_A_NUMBER", 2],
    ["1\n\n^;3", "NOT_A_NUMBER", 3, { decimal: "comma" }],
    ["1^|2", "NOT_A_NUMBER", 1],
    ["1^:2", "NOT_A_NUMBER", 1],
    ["1^/2", "NOT_A_NUMBER", 1],
    ["1^-2", "NOT_A_NUMBER", 1],
    ["1^+2", "NOT_A_NUMBER", 1],
    ["1.5^.5", "NOT_A_NUMBER", 1],

    // Commas that may be decimal commas.
    ["1,5^;2,5", "AMBIGUOUS_SEPARATOR", 1],
    ["1;2,^5", "AMBIGUOUS_SEPARATOR", 1],
    ["1.234,56^;2,5", "AMBIGUOUS_SEPARATOR", 1],
    ["1,2\n3^;4", "AMBIGUOUS_SEPARATOR", 2],
    ["1^.5;2", "NOT_A_NUMBER", 1, { decimal: "comma" }],
    ["1,5^,2", "NOT_A_NUMBER", 1, { decimal: "comma" }],
    ["1 ^234,5", "NOT_A_NUMBER", 1, { decimal: "comma" }],
    ["1^.234,56;2", "NOT_A_NUMBER", 1, { decimal: "comma" }],

    // Lists.
    ["[1 ^x]", "NOT_A_NUMBER", 1],
    ["[1 2^", "NOT_A_NUMBER", 1],
    ["[1 2]^]", "NOT_A_NUMBER", 1],
    ["[[1]^[2]]", "NOT_A_NUMBER", 1],

    // Words, column headings, quotation marks, brackets.
    ["^x", "NOT_A_NUMBER", 1],
    ["^price,count\n1,2", "NOT_A_NUMBER", 1],
    ["1,2\n^total,3", "NOT_A_NUMBER", 2],
    ["1 ^two 3", "NOT_A_NUMBER", 1],
    ["1^x", "NOT_A_NUMBER", 1],
    ["^true", "NOT_A_NUMBER", 1],
    ["^NaN", "NOT_A_NUMBER", 1],
    ["^'1'", "NOT_A_NUMBER", 1],
    ["^(1)", "NOT_A_NUMBER", 1],
    ["1,2^]", "NOT_A_NUMBER", 1],
    ["^# numbers\n1", "NOT_A_NUMBER", 1],

    // Numbers.
    ["-^", "NOT_A_NUMBER", 1],
    ["-^ 1", "NOT_A_NUMBER", 1],
    [".^", "NOT_A_NUMBER", 1],
    ["1e^", "NOT_A_NUMBER", 1],
    ["1e^\n5", "NOT_A_NUMBER", 1],
    ["0^x10", "NOT_A_NUMBER", 1],
    ["1^_000", "NOT_A_NUMBER", 1],
    ["1\n2\n^1e1000000000", "EXPONENT_OUT_OF_RANGE", 3],
    ["^1e1000000000x", "EXPONENT_OUT_OF_RANGE", 1],
    ["^１", "NOT_A_NUMBER", 1],
    ["1^\u00a02", "NOT_A_NUMBER", 1],
    ["1^\v2", "NOT_A_NUMBER", 1],
    ["1^\0", "NOT_A_NUMBER", 1],
    ["\ufeff^\ufeff1", "NOT_A_NUMBER", 1],

    // Lines end with LF, CR or both.
    ["1\n2\n3\n^x", "NOT_A_NUMBER", 4],
    ["1\r\n2\r\n^x", "NOT_A_NUMBER", 3],
    ["1\r2\r^x", "NOT_A_NUMBER", 3],
    ["1\n\r^x", "NOT_A_NUMBER", 3],
    ["\n\n\n  ^x", "NOT_A_NUMBER", 4],
    ["1\n2 ^x\n3\n", "NOT_A_NUMBER", 2],

    // UTF-8.
    [{ bytes: "1,^\xff" }, "INVALID_UTF8", 1],
    [{ bytes: "1\n^\xc3" }, "INVALID_UTF8", 2],
    [{ bytes: "1^\xed\xa0\x80" }, "INVALID_UTF8", 1],
    [{ bytes: "^\xff\xfe1" }, "INVALID_UTF8", 1],
    [{ bytes: "^\xff\xfe\x00\xd8" }, "INVALID_UTF8", 1],
    [{ bytes: "1^\xc3\xa9" }, "NOT_A_NUMBER", 1],

    // Limits.
    ["1 2\n^3", "TOO_MANY_NUMBERS", 2, { maxNumbers: 2 }],
    ["^1", "TOO_MANY_NUMBERS", 1, { maxNumbers: 0 }],
    ["1,^+2", "TOO_MANY_NUMBERS", 1, { maxNumbers: 1 }],
  ],
};
