/** The numbers between two edges. The edge nearer to 0 belongs to the bar, the other one does not. */
export interface Bar {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** A mark on the axis, at an edge: 0 is before the first bar, 1 before the second; a half is in the middle of a bar. */
export interface Tick {
  readonly position: number;
  readonly label: string;
}

/** A picture of how numbers are distributed. Every number is in one bar, by exact comparison. */
export interface Histogram {
  readonly scale: "linear" | "logarithmic";
  readonly bars: readonly Bar[];
  readonly ticks: readonly Tick[];
  /** The choice of the bars, in a sentence. */
  readonly rule: string;
}
