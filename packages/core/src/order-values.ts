import { Collector } from "./collector.ts";
import { indicesByDouble } from "./indices-by-double.ts";
import { collectValue } from "./number-value.ts";
import type { SortOptions } from "./options.ts";
import { sortedIndices } from "./order.ts";

/** Different decimals of up to so many digits have different doubles, where doubles have full precision. */
const EXACT_DIGITS = 15;
const LEAST_NORMAL = 2 ** -1022;

/**
 * The order of values that the options ask for, as indices into them; stable.
 *
 * They are sorted by their nearest doubles, which never reverse the order of two numbers but may be equal for different
 * ones. Such ties are compared again, as the decimals that they are.
 */
export function orderValues(
  values: ArrayLike<unknown>,
  doubles: Float64Array,
  { order, unique = false, limit = Infinity }: SortOptions,
): Uint32Array {
  const indices = indicesByDouble(directed(doubles, order));
  let kept = 0;
  for (let start = 0, end = 1; start < indices.length && kept < limit; start = end, end += 1) {
    const first = at(indices, start);
    const double = doubles[first];
    while (end < indices.length && doubles[at(indices, end)] === double) end += 1;
    if (end - start === 1) {
      indices[kept] = first;
      kept += 1;
    } else {
      const settled = settleTies(indices.subarray(start, end), Number(double), values, {
        order: order ?? "asc",
        unique,
      });
      indices.set(settled, kept);
      kept += settled.length;
    }
  }
  return indices.subarray(0, Math.min(kept, limit));
}

/** Keys whose ascending order is the one that is asked for. */
function directed(doubles: Float64Array, order: SortOptions["order"]): Float64Array {
  const direction = order === "desc" ? -1 : 1;
  const keys = new Float64Array(doubles.length);
  // Adding 0 makes a 0 of -0: they are equal.
  for (let i = 0; i < keys.length; i += 1) keys[i] = direction * Number(doubles[i]) + 0;
  return keys;
}

/** Numbers that have one double, in their exact order. */
function settleTies(
  ties: Uint32Array,
  double: number,
  values: ArrayLike<unknown>,
  options: SortOptions,
): Uint32Array {
  if (ties.every((index) => isDoubleAlone(values[index], double)))
    return options.unique ? ties.subarray(0, 1) : ties;
  const collector = new Collector({});
  for (const index of ties) collectValue(values[index], collector);
  return sortedIndices(collector.table, options).map((place) => Number(ties[place]));
}

/** Whether no other value that has this double can differ from it, but for one that is not so either. */
function isDoubleAlone(value: unknown, double: number): boolean {
  if (typeof value === "number") return true;
  if (typeof value === "bigint") return Number.isSafeInteger(double);
  const magnitude = Math.abs(double);
  return (
    typeof value === "string" &&
    value.length <= EXACT_DIGITS &&
    magnitude >= LEAST_NORMAL &&
    magnitude < Infinity
  );
}

function at(indices: Uint32Array, place: number): number {
  return indices[place] as number;
}
