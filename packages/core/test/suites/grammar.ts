import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import type { Test } from "tap";
import { jsonDocument, jsonDocumentOfNumbers } from "../arbitraries/document.ts";
import { plainText } from "../arbitraries/text.ts";
import type { Written } from "../arbitraries/written.ts";
import type { Implementation, Sorted } from "../implementation.ts";
import { type Fault, outcomeOf } from "../outcome.ts";
import { testProperty } from "./property.ts";

/** What the grammars are made of; no letters that begin true, false or null. */
const TOKENS = [
  ..." \n[]{}:,;\"'()+-.0123456789eE\\/",
  '"a":',
  '"1"',
  "1,",
  "\\u0031",
  "é",
  "😀",
  "\0",
  "\ufeff",
];

const token = fc.constantFrom(...TOKENS);
const tokens = fc.array(token, { maxLength: 8 }).map((tokens) => tokens.join(""));

/** The text with some of its characters replaced by tokens, or only cut short. */
export const damaged = (input: fc.Arbitrary<Written>) =>
  fc
    .tuple(input, fc.nat(), fc.nat(3), tokens, fc.boolean())
    .map(([{ text }, place, removed, inserted, isCut]) => {
      const characters = Array.from(text);
      const start = place % (characters.length + 1);
      characters.splice(start, isCut ? characters.length : removed, inserted);
      return characters.join("");
    });

/** What is refused, and where: properties that define the offset of a fault. */
export function testGrammar(t: Test, { sortJson, sortText }: Implementation): void {
  const grammars = [
    { title: "document", input: jsonDocument, sort: (text: string | Uint8Array): Sorted => sortJson(text) },
    { title: "text", input: plainText, sort: (text: string | Uint8Array): Sorted => sortText(text) },
  ];

  testProperty(
    t,
    "a document of numbers is JSON where JSON.parse says so",
    fc.property(fc.oneof(damaged(jsonDocumentOfNumbers), tokens), (text) => {
      const fault = faultOf(() => sortJson(text));
      // Behind another fault the document is not read.
      const isJudged = fault === undefined || fault.code === "INVALID_JSON" || fault.code === "EMPTY_INPUT";
      if (isJudged) equal(fault === undefined, isJson(text.replace(/^\ufeff/, "")));
    }),
  );

  for (const { title, input, sort } of grammars) {
    testProperty(
      t,
      `a ${title} that is cut short is accepted, or at fault where it ends`,
      fc.property(input, fc.nat(), ({ text }, place) => {
        const characters = Array.from(text);
        const cut = characters.slice(0, place % characters.length).join("");
        const fault = faultOf(() => sort(cut));
        if (fault !== undefined) equal(fault.offset, byteLength(cut));
      }),
    );

    testProperty(
      t,
      `what a ${title} has before its fault could go on otherwise`,
      fc.property(fc.oneof(damaged(input), tokens), (text) => {
        const bytes = new TextEncoder().encode(text);
        const fault = faultOf(() => sort(bytes));
        if (fault?.offset === undefined) return;
        const before = bytes.subarray(0, fault.offset);
        const earlier = faultOf(() => sort(before));
        if (earlier !== undefined) equal(earlier.offset, before.length);
      }),
    );

    testProperty(
      t,
      `what follows the fault of a ${title} changes nothing`,
      fc.property(fc.oneof(damaged(input), tokens), tokens, (text, rest) => {
        // Whether a text in brackets is JSON, what follows decides too.
        if (title === "text" && /^\ufeff?[ \t\r\n]*\[/.test(text)) return;
        const bytes = new TextEncoder().encode(text);
        const fault = faultOf(() => sort(bytes));
        if (fault?.offset === undefined || fault.offset === bytes.length) return;
        if (fault.code !== "INVALID_JSON" && fault.code !== "NOT_A_NUMBER") return;
        const faulty = bytes.subarray(0, fault.offset + characterLength(bytes, fault.offset));
        const other = faultOf(() => sort(Uint8Array.of(...faulty, ...new TextEncoder().encode(rest))));
        deepEqual(other, fault);
      }),
    );
  }

  testProperty(
    t,
    "the pointer leads to the leaf at fault, and the offset to its place",
    fc.property(treeOf(fc.constantFrom(1, "2", null)), (tree) => {
      const text = JSON.stringify(tree);
      const fault = faultOf(() => sortJson(text));
      equal(fault === undefined, !leavesOf(tree).includes(null));
      if (fault?.offset === undefined) return;
      equal(
        new TextDecoder().decode(new TextEncoder().encode(text).subarray(fault.offset)).slice(0, 4),
        "null",
      );
      ok(fault.pointer !== undefined);
      equal(resolve(tree, fault.pointer), null);
    }),
  );

  testProperty(
    t,
    "any bytes are answered or refused with a place",
    fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
      for (const { sort } of grammars) {
        const fault = faultOf(() => sort(bytes));
        if (fault !== undefined) ok(fault.offset !== undefined && fault.offset <= bytes.length);
      }
    }),
  );
}

function faultOf(sort: () => Sorted): Fault | undefined {
  const outcome = outcomeOf(sort);
  return "code" in outcome ? outcome : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** How many bytes the character at fault takes: an escaped one is one character. */
function characterLength(bytes: Uint8Array, offset: number): number {
  const rest = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(offset));
  const [character = ""] = /^\\u[0-9a-f]{4}|^\\.|^./isu.exec(rest) ?? [];
  return byteLength(character);
}

type Tree = unknown;

function treeOf(leaf: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> {
  const name = fc.oneof(
    fc.constantFrom("a", "0", "", "a/b", "~1"),
    fc.string({ unit: "grapheme", maxLength: 4 }),
  );
  return fc.letrec((tie) => ({
    tree: fc.oneof({ depthSize: "medium" }, leaf, tie("array"), tie("object")),
    array: fc.array(tie("tree"), { maxLength: 5 }),
    object: fc.dictionary(name, tie("tree"), { maxKeys: 5 }),
  })).tree;
}

function leavesOf(tree: Tree): Tree[] {
  return typeof tree === "object" && tree !== null ? Object.values(tree).flatMap(leavesOf) : [tree];
}

/** What a JSON Pointer leads to, as RFC 6901, section 4, says. */
function resolve(tree: Tree, pointer: string): Tree {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((value, step) => Object.entries(value ?? {}).find(([name]) => name === step)?.[1], tree);
}
