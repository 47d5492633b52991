/** The last measurements, section by section: `measurements.json`, the source of `docs/performance.md`. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILE = join(import.meta.dirname, "../../measurements.json");

/** Where and how a section was measured. */
interface Circumstances {
  /** Day of the run, as in `2026-11-29`. */
  readonly date: string;
  readonly processor: string;
  readonly node: string;
  readonly rounds: number;
  readonly seconds: number;
}

export interface Measurement {
  readonly circumstances: Circumstances;
  readonly result: unknown;
}

/** The measurements by the names of the sections. */
export type Measurements = Readonly<Record<string, Measurement>>;

/** All measurements; none if there is no file yet. */
export function readMeasurements(): Measurements {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : {};
}

/** Replaces the measurements of one section, and keeps the others. */
export function saveMeasurement(name: string, measurement: Measurement): void {
  const all = { ...readMeasurements(), [name]: measurement };
  writeFileSync(FILE, `${JSON.stringify(all, undefined, 2)}\n`);
}
