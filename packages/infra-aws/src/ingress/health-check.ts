/** When a target counts as fit to take requests. */

/** A target counts as unhealthy, or as healthy again, after so many checks. */
export const healthCheck = {
  interval: 5,
  timeout: 4,
  unhealthyThreshold: 2,
  healthyThreshold: 2,
} as const;

/**
 * From the first check that a target fails to the last request that it gets, at most: an application that stops must
 * fail its check and go on serving for longer than that.
 */
export const secondsToUnhealthy = healthCheck.interval * healthCheck.unhealthyThreshold + healthCheck.timeout;
