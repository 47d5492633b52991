/** How much of its processors an instance may use for ever. */

/** Of each processor, in percent, by size; the same in T3, T3a and T4g. */
const burstable: Readonly<Record<string, number>> = {
  nano: 5,
  micro: 10,
  small: 20,
  medium: 20,
  large: 30,
  xlarge: 40,
  "2xlarge": 40,
};

/** The two sizes that have less in T2. */
const firstSeries: Readonly<Record<string, number>> = { ...burstable, xlarge: 22.5, "2xlarge": 17 };

/**
 * The load in percent that each of some instance types can have for ever. One of the T series earns credits for what it does
 * not use. Above this load it spends them, and then AWS bills surplus credits, or slows down a T2.
 *
 * @example
 * sustainedPercent(["t4g.small"]) // 20
 * sustainedPercent(["c7g.large"]) // 100
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html
 */
export function sustainedPercent(instanceTypes: readonly string[]): number {
  return Math.min(...instanceTypes.map(ofType));
}

function ofType(instanceType: string): number {
  const [series = "", size = ""] = instanceType.split(".");
  if (series === "t2") return firstSeries[size] ?? 100;
  return ["t3", "t3a", "t4g"].includes(series) ? (burstable[size] ?? 100) : 100;
}
