import fc from "fast-check";

/** An input, and the numbers that were written into it, in that order. */
export interface Written {
  readonly text: string;
  readonly numbers: readonly string[];
}

export const whiteSpace = fc.string({ unit: fc.constantFrom(" ", "\t", "\n", "\r"), maxLength: 2 });

/** Concatenates texts with what they hold, with random white space around each. */
export function sequence(parts: fc.Arbitrary<readonly (string | Written)[]>): fc.Arbitrary<Written> {
  return fc.tuple(parts, fc.infiniteStream(whiteSpace)).map(([parts, spaces]) => ({
    text: parts
      .map((part) => `${spaces.next().value}${typeof part === "string" ? part : part.text}`)
      .concat(spaces.next().value ?? "")
      .join(""),
    numbers: parts.flatMap((part) => (typeof part === "string" ? [] : part.numbers)),
  }));
}

/** The items with a separator between. */
export function separated(items: readonly Written[], separator: string): (string | Written)[] {
  return items.flatMap((item, i) => (i === 0 ? [item] : [separator, item]));
}

/** A number as it stands. */
export const bare = (number: fc.Arbitrary<string>) =>
  number.map((text): Written => ({ text, numbers: [text] }));
