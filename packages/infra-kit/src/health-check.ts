/** When a machine counts as fit to take requests. */

/** A machine counts as unhealthy, or as healthy again, after so many checks. */
export const healthCheck = { intervalSeconds: 5, timeoutSeconds: 4, threshold: 2 } as const;

/**
 * From the first check that a machine fails to the last request that it gets, at most: an application that stops must
 * fail its check and go on serving for longer than that.
 */
export const secondsToUnhealthy =
  healthCheck.intervalSeconds * healthCheck.threshold + healthCheck.timeoutSeconds;
