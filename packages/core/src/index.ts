export type { Limits } from "./collector.ts";
export { compareNumbers } from "./compare-numbers.ts";
export { type ErrorCode, errorDefinitions, type Place, SortedError } from "./errors.ts";
export type { Format } from "./format.ts";
export type { ReadOptions, SortOptions } from "./options.ts";
export { sortJson, sortText } from "./sort-document.ts";
export { sortNumbers } from "./sort-numbers.ts";
export type { SortedLiterals } from "./sorted-literals.ts";
export type { NumberValue, NumberValues } from "./values.ts";
