import fc from "fast-check";

const digits = (minLength: number, maxLength = 25) =>
  fc.oneof(
    fc.string({ unit: fc.constantFrom(..."0123456789"), minLength, maxLength }),
    // Few different digits make numbers that share many, and that end in zeros.
    fc.string({ unit: fc.constantFrom("0", "9"), minLength, maxLength }),
  );

const exponentSize = fc.oneof(
  { weight: 4, arbitrary: fc.nat(30) },
  { weight: 1, arbitrary: fc.nat(400) },
  { weight: 1, arbitrary: fc.nat(999_999_999) },
  { weight: 1, arbitrary: fc.integer({ min: 999_999_900, max: 999_999_999 }) },
);

const exponent = fc
  .tuple(
    fc.constantFrom("e", "E"),
    fc.constantFrom("", "+", "-"),
    fc.constantFrom("", "0", "00"),
    exponentSize,
  )
  .map((parts) => parts.join(""));

/** Numbers as RFC 8259 has them. */
export const jsonNumber = fc
  .tuple(
    fc.constantFrom("", "-"),
    digits(1).map((integer) => integer.replace(/^0+(?=.)/, "")),
    fc.oneof(
      fc.constant(""),
      digits(1).map((fraction) => `.${fraction}`),
    ),
    fc.oneof({ weight: 2, arbitrary: fc.constant("") }, { weight: 1, arbitrary: exponent }),
  )
  .map((parts) => parts.join(""));

/** Numbers of the string forms. */
const looseNumber = fc
  .tuple(
    fc.constantFrom("", "-", "+"),
    fc.oneof(
      digits(1),
      digits(1).map((integer) => `${integer}.`),
      digits(1).map((fraction) => `.${fraction}`),
      fc.tuple(digits(1), digits(1)).map((parts) => parts.join(".")),
    ),
    fc.oneof({ weight: 2, arbitrary: fc.constant("") }, { weight: 1, arbitrary: exponent }),
  )
  .map((parts) => parts.join(""));

/** Other ways to write a number: `places` zeros at either end, the dot and the exponent moved to match. */
const respelled = fc
  .tuple(
    fc.bigInt({ min: -999n, max: 999n }),
    fc.integer({ min: -4, max: 4 }),
    fc.nat(6),
    fc.nat(4),
    fc.nat(4),
  )
  .map(([integer, exponent, places, front, back]) => {
    const sign = integer < 0n ? "-" : "";
    const written = `${"0".repeat(front)}${String(integer).replace("-", "")}${"0".repeat(back)}`.padStart(
      7,
      "0",
    );
    const at = written.length - places;
    return `${sign}${written.slice(0, at)}.${written.slice(at)}e${exponent + places - back}`;
  });

/** Numbers many of which are equal, or nearly, to others of the same kind. */
export const crowdedNumber = fc.oneof(
  respelled,
  fc.constantFrom(
    "0",
    "-0",
    "0.0",
    "1",
    "1.0",
    "10e-1",
    "0.1e1",
    "-1",
    "-1.00",
    "100",
    "1e2",
    "99.9999999999999999999",
  ),
  fc
    .tuple(
      fc.constantFrom("", "-"),
      fc.constantFrom("123456789012345", "999999999999999", "1.00000000000000"),
      digits(0, 4),
    )
    .map((parts) => parts.join("")),
);

export const anyNumber = fc.oneof(looseNumber, crowdedNumber);
