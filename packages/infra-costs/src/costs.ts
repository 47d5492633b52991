/** What a deployment costs, and where one comes to cost more than another. */
import type { Deployment, Line } from "./deployments.ts";
import { prices } from "./prices.ts";

/** @returns USD a month with so many requests */
export function lineCost({ price, quantity }: Line, requests: number): number {
  return quantity(requests) * prices[price].usd;
}

/** @returns USD a month with so many requests */
export function monthlyCost({ lines }: Pick<Deployment, "lines">, requests: number): number {
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
export function overtaking(one: Pick<Deployment, "lines">, other: Pick<Deployment, "lines">): number {
  for (let requests = 1000; requests < 1e11; requests *= step) {
    if (monthlyCost(one, requests) > monthlyCost(other, requests)) return requests;
  }
  throw new RangeError("never costs more");
}
