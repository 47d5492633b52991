import { ProblemError } from "@sorted/contract";

/** Why the service turns a request or a connection away, and what it tells the client. */
const REASONS = {
  memory: "other requests are using all the memory for bodies",
  threads: "too many large bodies are waiting to be sorted",
  "thread-start": "no thread to sort the body could start",
  "event-loop": "requests are waiting too long",
  timeout: "sorting the body took too long",
  connections: "there are too many connections",
} as const;

export type ShedReason = keyof typeof REASONS;

/** Counts what the service turns away because it is too busy. */
export class Overload {
  readonly #shed = new Map<string, number>(Object.keys(REASONS).map((reason) => [reason, 0]));

  /** How many requests and connections the service has turned away since it started, by reason. */
  get shed(): ReadonlyMap<string, number> {
    return this.#shed;
  }

  count(reason: ShedReason): void {
    this.#shed.set(reason, (this.#shed.get(reason) ?? 0) + 1);
  }

  /** Counts a request that the service turns away, and returns the answer to it. */
  refuse(reason: ShedReason): ProblemError {
    this.count(reason);
    // Collecting a stack for each request would cost time when the service has none.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    const refusal = new ProblemError("OVERLOADED", REASONS[reason]);
    Error.stackTraceLimit = stackTraceLimit;
    return refusal;
  }
}
