/** Waiting for something to become true. */
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Calls `attempt`, with a pause after each call, until it returns something, and returns that.
 *
 * @param what Completes "waited … s for".
 * @throws Error if nothing came in `seconds`, with the last failure as its cause.
 */
export async function waitFor<T>(
  what: string,
  attempt: () => Promise<T | undefined>,
  seconds = 60,
  pauseSeconds = 0.05,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let cause: unknown;
  do {
    try {
      const result = await attempt();
      if (result !== undefined) return result;
    } catch (error) {
      cause = error;
    }
    await sleep(pauseSeconds * 1000);
  } while (Date.now() < end);
  throw new Error(`waited ${seconds} s for ${what}`, { cause });
}
