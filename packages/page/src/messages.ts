import type { InputType, Problem } from "@sorted/contract";
import type { Histogram } from "./bars.ts";
import type { Body } from "./body.ts";
import type { Excerpt } from "./excerpt.ts";
import type { Statistics } from "./statistics.ts";

/** The types of answers. */
export type NumbersType = "application/json" | "text/plain" | "text/csv";

/** Where to sort the numbers. */
export type Place = "server" | "browser";

/** What the page asks its worker for: a request to the API, or the answer that the API would give to it. */
export interface SortRequest {
  readonly place: Place;
  /** The query string with its question mark, or an empty string. */
  readonly search: string;
  readonly contentType: InputType;
  readonly accept: NumbersType;
  readonly body: Body;
  /** The API key, which only the service gets; empty if the user has given none. */
  readonly key: string;
}

/** How much of a body the service has received. */
export interface Progress {
  readonly kind: "progress";
  readonly sentBytes: number;
  readonly totalBytes: number;
}

/** What the worker says in the end. */
export type SortReply =
  | {
      readonly kind: "sorted";
      /** The answer, and where each number in it begins and ends. */
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly starts: Uint32Array<ArrayBuffer>;
      readonly ends: Uint32Array<ArrayBuffer>;
      readonly milliseconds: number;
      /** How many numbers were read, before options took some away; undefined if the service does not say. */
      readonly numbersRead: number | undefined;
      /** Both undefined if there are no numbers. */
      readonly histogram: Histogram | undefined;
      readonly statistics: Statistics | undefined;
    }
  | {
      readonly kind: "problem";
      readonly problem: Problem;
      /** The place of the problem; undefined if it has none in the input. */
      readonly excerpt: Excerpt | undefined;
    }
  | { readonly kind: "failed"; readonly reason: string; readonly isOffline: boolean };
