/**
 * A count with its unit, for a sentence.
 *
 * @example
 * counted(1, "byte"); // "1 byte"
 * counted(20, "byte"); // "20 bytes"
 */
export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
