import type { DocumentCases } from "./case.ts";

/** Order, then unique, then limit. */
export const options: DocumentCases = {
  accepted: [
    ["[2,3,1]", "1 2 3", { order: "asc" }],
    ["[2,3,1]", "3 2 1", { order: "desc" }],
    ["[]", "", { order: "desc", unique: true, limit: 0 }],

    // The first of equal numbers stays.
    ["[1,2,1.0,1e0]", "1 2", { unique: true }],
    ["[1e0,2,1.0,1]", "1e0 2", { unique: true }],
    ["[1.0,2,1,2.0]", "2 1.0", { unique: true, order: "desc" }],
    ["[0,-0,0.0]", "0", { unique: true }],
    ["[-0,0]", "-0", { unique: true }],
    ["[1,1,1]", "1", { unique: true }],
    ["[1,1]", "1 1", { unique: false }],
    ['["007","7"]', "7", { unique: true }],
    ["[9007199254740992,9007199254740993]", "9007199254740992 9007199254740993", { unique: true }],

    ["[3,1,2]", "1 2", { limit: 2 }],
    ["[3,1,2]", "3 2", { limit: 2, order: "desc" }],
    ["[3,1,2]", "", { limit: 0 }],
    ["[3,1,2]", "1 2 3", { limit: 3 }],
    ["[3,1,2]", "1 2 3", { limit: 4 }],
    ["[3,1,2]", "1 2 3", { limit: Number.MAX_SAFE_INTEGER }],
    ["[3,1,2]", "1 2 3", { limit: Infinity }],
    ["[1,1.0,2,3]", "1 2", { unique: true, limit: 2 }],
    ["[3,1,1.0,3.0]", "3", { order: "desc", unique: true, limit: 1 }],
  ],
  refused: [],
};
