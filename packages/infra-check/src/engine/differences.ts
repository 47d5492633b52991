/** Which properties two sets of them differ in. */
import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../recorder/value.ts";

export function differences(before: Properties, after: Properties): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (property) => !isDeepStrictEqual(before[property], after[property]),
  );
}
