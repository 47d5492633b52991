import { UsageError } from "./usage-error.ts";

const UNITS: readonly string[] = ["B", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"];

/**
 * Reads a size such as `1.5GiB` or `800MB`.
 *
 * @returns bytes
 * @throws {UsageError}
 * @example
 * byteSize("memory", "1.5KiB"); // 1536
 */
export function byteSize(flag: string, text: string): number {
  const [, amount, unit = "B"] = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)?$/.exec(text) ?? [];
  if (amount === undefined || !UNITS.includes(unit)) {
    throw new UsageError(`--${flag} must be a size such as 800MB or 1GiB, found "${text}"`);
  }
  const base = unit.includes("i") ? 1024 : 1000;
  return Math.floor(Number(amount) * base ** " KMGT".indexOf(unit === "B" ? " " : unit.charAt(0)));
}
