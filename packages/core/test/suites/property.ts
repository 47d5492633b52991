import fc from "fast-check";
import type { Test } from "tap";

/** One assertion: the property holds for all inputs that were tried. */
export function testProperty<Inputs>(t: Test, title: string, property: fc.IProperty<Inputs>): void {
  t.test(title, async (t) => {
    fc.assert(property, { numRuns: 400 });
    t.pass(title);
  });
}
