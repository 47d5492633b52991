/** The load that costs are computed for: requests that come evenly, each of them alike. */

export const hoursOfMonth = 730;
export const secondsOfMonth = hoursOfMonth * 3600;

/** What a request takes. Assumed, not measured; about a thousand numbers. */
export const request = {
  /** In and out together. */
  bytes: 20_000,
  /** The answer alone. */
  answerBytes: 10_000,
  /** Of a whole processor. */
  processorMs: 2,
  /** What Lambda bills at 1 GiB, where there is 0.58 of a processor, the adapter's part included. */
  lambdaMs: 5,
  /** The lines by which Lambda says that a request begins and ends, and what it took. */
  lambdaLogBytes: 300,
  /** The line that the application logs with `logRequests`. */
  logBytes: 250,
} as const;

/** The load in the pages of the clouds, in requests a month: 100 a second around the clock. */
export const pageLoad = 100 * secondsOfMonth;

/** @param requests a month */
export function perSecond(requests: number): number {
  return requests / secondsOfMonth;
}

/** How many of something are at work, where each can do so many requests a second, and so many are there anyway. */
export function atWork(requests: number, least: number, requestsPerSecond: number): number {
  return Math.max(least, Math.ceil(perSecond(requests) / requestsPerSecond));
}
