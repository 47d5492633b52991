import type { ErrorCode, ReadOptions } from "../../src/index.ts";

/** An input as text, or as bytes: then each character of the string is one byte, `\xff` the highest. */
export type Input = string | { readonly bytes: string };

/** An input, and the numbers that come back, with a space between. */
type Accepted = readonly [input: Input, literals: string, options?: ReadOptions];

/**
 * An input, and the error that comes back. A `^` in the input marks the byte at fault, which follows it, and is no part
 * of the input itself.
 */
type Refused<Place> = readonly [input: Input, code: ErrorCode, place: Place, options?: ReadOptions];

/** What is accepted and what is refused about one subject. */
export interface Cases<Place> {
  readonly accepted: readonly Accepted[];
  readonly refused: readonly Refused<Place>[];
}

/** Documents for `sortJson`; the place of a fault is its pointer, undefined where it is too long. */
export type DocumentCases = Cases<string | undefined>;

/** Texts for `sortText`; the place of a fault is its line. */
export type TextCases = Cases<number>;
