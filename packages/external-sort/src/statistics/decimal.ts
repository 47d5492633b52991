/** An exact decimal number: coefficient × 10^exponent. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** The sum of two decimals. */
export function add(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { coefficient: coefficientAt(a, exponent) + coefficientAt(b, exponent), exponent };
}

/** Half of a decimal: half of 10^exponent is 5 × 10^(exponent - 1). */
export function half({ coefficient, exponent }: Decimal): Decimal {
  return { coefficient: coefficient * 5n, exponent: exponent - 1 };
}

/** A decimal without an exponent and without zeros at the end of its fraction: `12.5`, `-0.001`, `300`. */
export function toPlain({ coefficient, exponent }: Decimal): string {
  const sign = coefficient < 0n ? "-" : "";
  const digits = String(coefficient < 0n ? -coefficient : coefficient);
  if (exponent >= 0) return coefficient === 0n ? "0" : sign + digits + "0".repeat(exponent);
  const padded = digits.padStart(1 - exponent, "0");
  const point = padded.length + exponent;
  const fraction = padded.slice(point).replace(/0+$/, "");
  return sign + padded.slice(0, point) + (fraction === "" ? "" : `.${fraction}`);
}

function coefficientAt({ coefficient, exponent }: Decimal, lower: number): bigint {
  return coefficient * 10n ** BigInt(exponent - lower);
}
