/** How much of its processors a machine may use for ever. */

/** Of each processor of the first B series, in percent; the larger sizes have 17. */
const firstSeries: Readonly<Record<string, number>> = {
  Standard_B1ls: 5,
  Standard_B1s: 10,
  Standard_B1ms: 20,
  Standard_B2s: 20,
  Standard_B2ms: 30,
  Standard_B4ms: 22.5,
};

/** Of the second, by the letter for little memory in a size's name. */
const secondSeries: Readonly<Record<string, number>> = { t: 20, l: 30, "": 40 };

/**
 * The load in percent that a machine can have for ever. One of the B series earns credits for what it does not use, and
 * without credits Azure slows it down to this: what is measured then never exceeds it.
 *
 * @example
 * sustainedPercent("Standard_B2als_v2") // 30
 * sustainedPercent("Standard_D2als_v6") // 100
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/basv2-series
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/bv1-series
 */
export function sustainedPercent(vmSize: string): number {
  if (!/^Standard_B\d/.test(vmSize)) return 100;
  const [, memory] = /^Standard_B\d+p?a?([tl]?)s_v\d+$/.exec(vmSize) ?? [];
  return (memory === undefined ? firstSeries[vmSize] : secondSeries[memory]) ?? 17;
}
