/** What a deployment costs, and where one comes to cost more than another. */
import { type PriceName, prices } from "./prices.ts";
import type { Quantity } from "./quantities.ts";

/** Something that is paid for: how much of what. */
export interface Charge {
  readonly price: PriceName;
  readonly quantity: Quantity;
}

/** What is charged together. */
interface Charged {
  readonly lines: readonly Charge[];
}

/** @returns USD a month with so many requests */
export function lineCost({ price, quantity }: Charge, requests: number): number {
  return quantity(requests) * prices[price].usd;
}

/** @returns USD a month with so many requests */
export function monthlyCost({ lines }: Charged, requests: number): number {
  return lines.reduce((sum, line) => sum + lineCost(line, requests), 0);
}

/** Loads that are tried are so much apart. */
const step = 1.01;

/**
 * The load from which on one deployment costs more than another, up to where the load is no longer imaginable.
 *
 * @returns requests a month to within one percent
 * @throws RangeError if it never does: then the page and the picture, which name this load, have to be written anew
 */
export function overtaking(one: Charged, other: Charged): number {
  for (let requests = 1000; requests < 1e11; requests *= step) {
    if (monthlyCost(one, requests) > monthlyCost(other, requests)) return requests;
  }
  throw new RangeError("never costs more");
}
