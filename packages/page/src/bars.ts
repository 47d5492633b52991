/** The numbers between two edges. On the side of 0 the edge belongs to the bar, on the other it does not. */
export interface Bar {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** A mark on the axis, at an edge between bars: 0 is before the first, 1 before the second; a half is within a bar. */
export interface Tick {
  readonly position: number;
  readonly label: string;
}

/** A picture of how numbers are distributed; every number is in one bar, and was put there by exact comparison. */
export interface Histogram {
  readonly scale: "linear" | "logarithmic";
  readonly bars: readonly Bar[];
  readonly ticks: readonly Tick[];
  /** How the bars were chosen, in a sentence. */
  readonly rule: string;
}
