import { ProblemError } from "@sorted/contract";

/** Why a request or a connection is turned away, and what its client is told. */
const REASONS = {
  memory: "the bodies that are being received and sorted take all the memory that there is for them",
  threads: "the threads that sort large bodies have enough to do for now",
  "event-loop": "requests have to wait too long",
  timeout: "the body could not be sorted in time",
  connections: "there are as many connections as there may be",
} as const;

export type ShedReason = keyof typeof REASONS;

/** Counts what is turned away because there is too much to do. */
export class Overload {
  readonly #shed = new Map<string, number>(Object.keys(REASONS).map((reason) => [reason, 0]));

  /** How many were turned away since the start, for each reason. */
  get shed(): ReadonlyMap<string, number> {
    return this.#shed;
  }

  count(reason: ShedReason): void {
    this.#shed.set(reason, (this.#shed.get(reason) ?? 0) + 1);
  }

  /** The answer to a request that is turned away. */
  refuse(reason: ShedReason): ProblemError {
    this.count(reason);
    // Overload is no time to collect a stack for each request.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    const refusal = new ProblemError("OVERLOADED", REASONS[reason]);
    Error.stackTraceLimit = stackTraceLimit;
    return refusal;
  }
}
