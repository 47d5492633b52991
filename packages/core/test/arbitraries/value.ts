import fc from "fast-check";
import type { NumberValue } from "../../src/index.ts";
import { anyNumber, crowdedNumber } from "./number.ts";
import { whiteSpace } from "./written.ts";

const jsNumber = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.integer(),
  fc.constantFrom(0, -0, 0.1, 0.3, 0.1 + 0.2, 1e21, 1e-7, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53),
);

const spaced = fc.tuple(whiteSpace, anyNumber, whiteSpace).map((parts) => parts.join(""));

/** JavaScript values that are one number each, many of them equal to others. */
export const numberValue: fc.Arbitrary<NumberValue> = fc.oneof(
  jsNumber,
  jsNumber.map(String),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.bigInt({ min: -3n, max: 3n }),
  crowdedNumber,
  spaced,
);
