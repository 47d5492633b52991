import fc from "fast-check";
import { anyNumber } from "./number.ts";
import { bare, separated, sequence, type Written, whiteSpace } from "./written.ts";

const quoted = fc.tuple(fc.constantFrom("'", '"'), whiteSpace, anyNumber, whiteSpace).map(
  ([mark, before, number, after]): Written => ({
    text: mark + before + number + after + mark,
    numbers: [number],
  }),
);

const comma = fc.constantFrom([], [","]);

const { list } = fc.letrec<{ item: Written; list: Written }>((tie) => ({
  item: fc.oneof({ depthSize: "small" }, bare(anyNumber), quoted, tie("list")),
  list: sequence(
    fc
      .tuple(fc.constantFrom(["[", "]"], ["(", ")"]), fc.array(tie("item"), { maxLength: 4 }), comma)
      .map(([[open = "", close = ""], items, trailing]) => [
        open,
        ...separated(items, ","),
        ...(items.length > 0 ? trailing : []),
        close,
      ]),
  ),
}));

const bareItems = sequence(
  fc
    .tuple(fc.array(fc.oneof(bare(anyNumber), quoted, list), { minLength: 2, maxLength: 5 }), comma)
    .map(([items, trailing]) => [...separated(items, ","), ...trailing]),
);

const loneNumber = sequence(bare(anyNumber).map((number) => [number]));

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

const plain = (character: string) => JSON.stringify(character).slice(1, -1);

/** JSON strings that hold numbers, in each of the forms that a string may take, some of their characters escaped. */
export const jsonString = fc
  .tuple(fc.oneof(loneNumber, list, bareItems), fc.infiniteStream(fc.nat(7)))
  .map(([{ text, numbers }, dice]): Written => {
    const characters = Array.from(text, (character) =>
      dice.next().value === 0 ? escaped(character) : plain(character),
    );
    return { text: `"${characters.join("")}"`, numbers };
  });
