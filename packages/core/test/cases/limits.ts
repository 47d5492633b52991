import type { DocumentCases } from "./case.ts";

const nested = (depth: number, inner = "") => "[".repeat(depth) + inner + "]".repeat(depth);

/** How deeply brackets may nest, those in strings counted with the document's, and how many numbers there may be. */
export const limits: DocumentCases = {
  accepted: [
    // 512 unless told.
    [nested(512), ""],
    [nested(512, "1"), "1"],
    [`"${nested(512, "1")}"`, "1"],
    [`${"[".repeat(500)}"${nested(12, "1")}"${"]".repeat(500)}`, "1"],
    [`[${nested(511)},${nested(511)}]`, ""],

    ["1", "1", { maxDepth: 0 }],
    ['"1, 2"', "1 2", { maxDepth: 0 }],
    ["[1]", "1", { maxDepth: 1 }],
    ['"[1], (2)"', "1 2", { maxDepth: 1 }],
    ["[[1],[2],[3]]", "1 2 3", { maxDepth: 2 }],
    ['{"a":["(1)"]}', "1", { maxDepth: 3 }],
    [`{"${nested(9)}":1}`, "1", { maxDepth: 1 }],
    [nested(5000, "1"), "1", { maxDepth: 5000 }],
    [nested(5000, "1"), "1", { maxDepth: Infinity }],

    ["[]", "", { maxNumbers: 0 }],
    ['{"a":"[]"}', "", { maxNumbers: 0 }],
    ["[1,2]", "1 2", { maxNumbers: 2 }],
    ['["1, 2", 3]', "1 2 3", { maxNumbers: 3 }],
    ["[1,2]", "1 2", { maxNumbers: Infinity }],
    // Limits hold for what is read, not for what comes back.
    ["[3,1,2]", "1", { maxNumbers: 3, limit: 1 }],
  ],
  refused: [
    // The fault is the bracket that is one too many.
    [`${"[".repeat(512)}^[`, "TOO_DEEP", "/0".repeat(512)],
    [`${"[".repeat(512)}^${nested(1)}${"]".repeat(512)}`, "TOO_DEEP", "/0".repeat(512)],
    [`"${"[".repeat(512)}^[1"`, "TOO_DEEP", ""],
    ["^[1]", "TOO_DEEP", "", { maxDepth: 0 }],
    ["^{}", "TOO_DEEP", "", { maxDepth: 0 }],
    ['"^[1]"', "TOO_DEEP", "", { maxDepth: 0 }],
    ['"1, ^(2)"', "TOO_DEEP", "", { maxDepth: 0 }],
    ["[1,^[2]]", "TOO_DEEP", "/1", { maxDepth: 1 }],
    ['{"a":^{}}', "TOO_DEEP", "/a", { maxDepth: 1 }],
    ['{"a":["(^[1])"]}', "TOO_DEEP", "/a/0", { maxDepth: 3 }],
    ['["[1]","[^[2]]"]', "TOO_DEEP", "/1", { maxDepth: 2 }],
    [String.raw`["^\u005b1]"]`, "TOO_DEEP", "/0", { maxDepth: 1 }],
    [`${"[".repeat(1000)}^[`, "TOO_DEEP", undefined, { maxDepth: 1000 }],

    // The fault is where the number begins that is one too many.
    ["^1", "TOO_MANY_NUMBERS", "", { maxNumbers: 0 }],
    ["[1,^2]", "TOO_MANY_NUMBERS", "/1", { maxNumbers: 1 }],
    ["[1, 2 , ^-3.5e2,4]", "TOO_MANY_NUMBERS", "/2", { maxNumbers: 2 }],
    ['"1, ^+2"', "TOO_MANY_NUMBERS", "", { maxNumbers: 1 }],
    [`["1", "['^2']"]`, "TOO_MANY_NUMBERS", "/1", { maxNumbers: 1 }],
    [String.raw`"1,^\u0032"`, "TOO_MANY_NUMBERS", "", { maxNumbers: 1 }],
    ['{"a":1,"a":^1}', "TOO_MANY_NUMBERS", "/a", { maxNumbers: 1 }],
    ["[1,^1]", "TOO_MANY_NUMBERS", "/1", { maxNumbers: 1, unique: true, limit: 1 }],

    // Of several faults, the lowest offset counts; what is not a number does not count as one too many.
    ["[1,^2,x]", "TOO_MANY_NUMBERS", "/1", { maxNumbers: 1 }],
    ["[1,^2x]", "TOO_MANY_NUMBERS", "/1", { maxNumbers: 1 }],
    ["[1,2.^x]", "INVALID_JSON", "/1", { maxNumbers: 1 }],
    ["[1,^null]", "NOT_A_NUMBER", "/1", { maxNumbers: 1 }],
    ["[1,^2e1000000000]", "EXPONENT_OUT_OF_RANGE", "/1", { maxNumbers: 1 }],
    ["[[^x", "INVALID_JSON", "/0/0", { maxDepth: 2 }],
  ],
};
