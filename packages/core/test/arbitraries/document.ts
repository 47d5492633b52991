import fc from "fast-check";
import { crowdedNumber, jsonNumber } from "./number.ts";
import { jsonString } from "./string.ts";
import { bare, separated, sequence, type Written } from "./written.ts";

const name = fc.oneof(
  fc.constantFrom("a", "b", "0", "1", "__proto__", "", "~/"),
  fc.string({ unit: "grapheme", maxLength: 5 }),
);

type Trees = { value: Written; array: Written; object: Written };

const trees = (leaf: fc.Arbitrary<Written>) =>
  fc.letrec<Trees>((tie) => ({
    value: fc.oneof({ depthSize: "medium" }, leaf, tie("array"), tie("object")),
    array: sequence(
      fc.array(tie("value"), { maxLength: 4 }).map((items) => ["[", ...separated(items, ","), "]"]),
    ),
    object: sequence(
      fc
        .array(fc.tuple(name, tie("value")), { maxLength: 4 })
        .map((members) => [
          "{",
          ...members.flatMap(([name, value], i) => [
            ...(i > 0 ? [","] : []),
            JSON.stringify(name),
            ":",
            value,
          ]),
          "}",
        ]),
    ),
  }));

const crowdedJsonNumber = crowdedNumber.map((number) =>
  number.replace(/^(-?)0+(?=\d)/, "$1").replace(/\.(?!\d)/, ""),
);

const documents = (leaf: fc.Arbitrary<Written>) => sequence(trees(leaf).value.map((value) => [value]));

/** JSON documents whose leaves are numbers, and strings that hold some. */
export const jsonDocument = documents(fc.oneof(bare(jsonNumber), bare(crowdedJsonNumber), jsonString));

/** JSON documents whose leaves are numbers only. */
export const jsonDocumentOfNumbers = documents(bare(jsonNumber));

/** Documents on a line each. */
export const jsonLines = fc.array(jsonDocument, { minLength: 1, maxLength: 4 }).map(
  (documents): Written => ({
    text: documents.map(({ text }) => `${text.replaceAll(/[\r\n]/g, " ")}\n`).join(""),
    numbers: documents.flatMap(({ numbers }) => numbers),
  }),
);
