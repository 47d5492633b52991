export type { Limits } from "./collector.ts";
export { compareNumbers } from "./compare-numbers.ts";
export {
  type ErrorCode,
  errorDefinitions,
  type Place,
  SortedError,
  type SortedErrorFacts,
} from "./errors.ts";
export type { FormOptions, Grammar } from "./form.ts";
export type { Format } from "./format.ts";
export type { AsyncSource, NumberIn, NumberValues, Numeric } from "./number-types.ts";
export type { NumberValue } from "./number-value.ts";
export type { ReadOptions, RowOptions, SortOptions } from "./options.ts";
export { orderKey } from "./order-key.ts";
export { sortCsv, sortJson, sortJsonLines, sortText, sortTsv } from "./sort-document.ts";
export { sortNumbers } from "./sort-numbers.ts";
export type { SortedLiterals } from "./sorted-literals.ts";
export type { DocumentInput } from "./to-utf8.ts";
