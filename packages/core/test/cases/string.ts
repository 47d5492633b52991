import type { DocumentCases } from "./case.ts";

/** Strings as RFC 8259 has them, as names and as leaves: escapes, surrogates, control characters. */
export const string: DocumentCases = {
  accepted: [
    // Names may hold anything that a string may.
    [String.raw`{"\"\\\/\b\f\n\r\t":1}`, "1"],
    [String.raw`{"\u0000\u001f\u0022\u005C":1}`, "1"],
    [String.raw`{"\uD83D\uDE00":1}`, "1"],
    [String.raw`{"\uABCD\uabcd\u12Ef":1}`, "1"],
    [String.raw`{"a\\":1,"b\\\"":2}`, "1 2"],
    ['{"😀é\u2028\u007f\u0080\uffff":1}', "1"],
    ['{"[1,2]":3,"\'":4}', "3 4"],
    ['{"/* */":1,"//":2}', "1 2"],

    // Lone surrogates are in the grammar, if they are escaped.
    [String.raw`{"\ud800":1}`, "1"],
    [String.raw`{"\udc00\ud800":1}`, "1"],
    [String.raw`{"\ud800x":1}`, "1"],

    // In a leaf an escaped character is the character.
    [String.raw`"\u0031"`, "1"],
    [String.raw`"\u0031\u0032"`, "12"],
    [String.raw`"\u002d1"`, "-1"],
    [String.raw`"\u002D\u0031\u002E\u0035\u0065\u0032"`, "-1.5e2"],
    [String.raw`"\u005b1\u002c2\u005d"`, "1 2"],
    [String.raw`"\u00281\u0029"`, "1"],
    [String.raw`"\t1\n"`, "1"],
    [String.raw`"\r\n[\t2,\u00201\u0009]\u000a"`, "1 2"],
    [String.raw`"[\"2\", \"1\"]"`, "1 2"],
    [String.raw`"\u00222\u0022, \u00271\u0027"`, "1 2"],
    [String.raw`["1\u002e0","1"]`, "1.0 1"],
  ],
  refused: [
    // Escapes that are none: the fault is what stands behind the backslash.
    [String.raw`{"\^x":1}`, "INVALID_JSON", ""],
    [String.raw`{"\^a":1}`, "INVALID_JSON", ""],
    [String.raw`{"\^v":1}`, "INVALID_JSON", ""],
    [String.raw`{"\^'":1}`, "INVALID_JSON", ""],
    [String.raw`{"\^0":1}`, "INVALID_JSON", ""],
    [String.raw`{"\^N":1}`, "INVALID_JSON", ""],
    [String.raw`{"\^U0031":1}`, "INVALID_JSON", ""],
    [String.raw`{"\^x41":1}`, "INVALID_JSON", ""],
    ['{"\\^\n":1}', "INVALID_JSON", ""],
    ['{"\\^é":1}', "INVALID_JSON", ""],
    [String.raw`{"a\^ b":1}`, "INVALID_JSON", ""],
    [String.raw`{"\\\^x":1}`, "INVALID_JSON", ""],
    [String.raw`"1\^x"`, "INVALID_JSON", ""],
    [String.raw`"[1,\^x]"`, "INVALID_JSON", ""],
    [String.raw`"\^x"`, "INVALID_JSON", ""],
    [String.raw`[0,"[1,'\^x"]`, "INVALID_JSON", "/1"],

    // Four hexadecimal digits, no less: the fault is the first that is none.
    [String.raw`{"\u^":1}`, "INVALID_JSON", ""],
    [String.raw`{"\u0^":1}`, "INVALID_JSON", ""],
    [String.raw`{"\u00^":1}`, "INVALID_JSON", ""],
    [String.raw`{"\u004^":1}`, "INVALID_JSON", ""],
    [String.raw`{"\u004^g":1}`, "INVALID_JSON", ""],
    [String.raw`{"\u^{41}":1}`, "INVALID_JSON", ""],
    [String.raw`{"\u^ 041":1}`, "INVALID_JSON", ""],
    [String.raw`{"\u^+041":1}`, "INVALID_JSON", ""],
    [String.raw`{"\u0^x41":1}`, "INVALID_JSON", ""],
    [String.raw`{"\u^\u0041":1}`, "INVALID_JSON", ""],
    ['{"\\u^４041":1}', "INVALID_JSON", ""],
    [String.raw`"1\u003^x"`, "INVALID_JSON", ""],

    // Ended too early.
    ['{"a\\^', "INVALID_JSON", ""],
    ['{"a\\u^', "INVALID_JSON", ""],
    ['{"a\\u00^', "INVALID_JSON", ""],
    ['{"a\\"^', "INVALID_JSON", ""],
    ['{"a\\":1}^', "INVALID_JSON", ""],
    ['"1\\^', "INVALID_JSON", ""],
    ['["1\\u003^', "INVALID_JSON", "/0"],
    ['["[1^', "INVALID_JSON", "/0"],

    // Control characters must be escaped.
    ['{"^\n":1}', "INVALID_JSON", ""],
    ['{"a^\tb":1}', "INVALID_JSON", ""],
    ['{"^\0":1}', "INVALID_JSON", ""],
    ['{"^\u001f":1}', "INVALID_JSON", ""],
    ['"1^\n"', "INVALID_JSON", ""],
    ['"^\t1"', "INVALID_JSON", ""],
    ['"1,^\r\n2"', "INVALID_JSON", ""],
    ['"1^\0"', "INVALID_JSON", ""],

    // An escaped character that has no place in a number: the fault is its backslash.
    [String.raw`"^\u0041"`, "NOT_A_NUMBER", ""],
    [String.raw`"1^\u0041"`, "NOT_A_NUMBER", ""],
    [String.raw`"1^\\"`, "NOT_A_NUMBER", ""],
    [String.raw`"1^\/2"`, "NOT_A_NUMBER", ""],
    [String.raw`"^\u0000"`, "NOT_A_NUMBER", ""],
    [String.raw`"1^\u0000"`, "NOT_A_NUMBER", ""],
    [String.raw`"1^\f"`, "NOT_A_NUMBER", ""],
    [String.raw`"1^\b"`, "NOT_A_NUMBER", ""],
    [String.raw`"^\u00a01"`, "NOT_A_NUMBER", ""],
    [String.raw`"^\ufeff1"`, "NOT_A_NUMBER", ""],
    [String.raw`"^\ud835\udfcf"`, "NOT_A_NUMBER", ""],
    [String.raw`"^\ud800"`, "NOT_A_NUMBER", ""],
    [String.raw`"1^\udc00"`, "NOT_A_NUMBER", ""],
    [String.raw`"1\u002c^\u002c2"`, "NOT_A_NUMBER", ""],
    [String.raw`{"x":["\u0031","\u0031^\u0078"]}`, "NOT_A_NUMBER", "/x/1"],
    [String.raw`"^\u0131"`, "NOT_A_NUMBER", ""],
    [String.raw`"^\u0031e1000000000"`, "EXPONENT_OUT_OF_RANGE", ""],

    // Of several faults, the lowest offset counts, also where the string itself is broken right behind.
    [String.raw`"^x\x"`, "NOT_A_NUMBER", ""],
    ['"^x', "NOT_A_NUMBER", ""],
    ['"^x\n"', "NOT_A_NUMBER", ""],
    [String.raw`"^1e1000000000\x"`, "EXPONENT_OUT_OF_RANGE", ""],
    ['"^1e1000000000', "EXPONENT_OUT_OF_RANGE", ""],
    ['"^1e1000000000\n"', "EXPONENT_OUT_OF_RANGE", ""],
    [String.raw`"^1\x"`, "TOO_MANY_NUMBERS", "", { maxNumbers: 0 }],
    ['"^1', "TOO_MANY_NUMBERS", "", { maxNumbers: 0 }],
    [String.raw`"^[\x"`, "TOO_DEEP", "", { maxDepth: 0 }],
    ['["1^', "INVALID_JSON", "/0"],
  ],
};
