import autocannon, { type Result } from "autocannon";

/** What a step sends, and its limits: it ends with the first limit that it reaches. */
export interface Step {
  readonly origin: string;
  readonly body: string;
  /** The only right answer. */
  readonly answer: string;
  /** The headers of every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
  readonly requests: number;
}

/** The results of a service with this many connections. */
export interface StepResult {
  readonly connections: number;
  /** Right answers. */
  readonly answered: number;
  /** No answer, or a wrong one. */
  readonly failed: number;
  /** Right answers per second. */
  readonly rate: number;
  /** Milliseconds from request to answer, ascending. */
  readonly latenciesMs: Float64Array;
}

const samplesPerSecond = 10;

/** Sends the same body over and over, one request after another on each connection, and checks every answer. */
export async function measureStep({ origin, answer, ...bounds }: Step): Promise<StepResult> {
  const latenciesMs: number[] = [];
  const start = performance.now();
  let end = start;
  const {
    errors,
    non2xx,
    mismatches,
    "2xx": successes,
  } = await new Promise<Result>((resolve, reject) => {
    const run = autocannon(
      {
        url: origin,
        method: "POST",
        headers: bounds.headers,
        body: bounds.body,
        expectBody: answer,
        connections: Math.min(bounds.connections, bounds.requests),
        duration: bounds.seconds,
        maxOverallRequests: bounds.requests,
        sampleInt: 1000 / samplesPerSecond,
      },
      (error, result) => (error ? reject(error) : resolve(result)),
    );
    run.on("response", (_client, status, _bytes, milliseconds) => {
      end = performance.now();
      if (status === 200) latenciesMs.push(milliseconds);
    });
  });
  // autocannon counts a refusal as a mismatch too.
  const wrong = Math.max(mismatches - non2xx, 0);
  const answered = successes - wrong;
  return {
    connections: bounds.connections,
    answered,
    failed: errors + non2xx + wrong,
    rate: answered / ((end - start) / 1000) || 0,
    latenciesMs: Float64Array.from(latenciesMs).sort(),
  };
}

/**
 * The latency that this share of the answers did not exceed.
 *
 * @param share from 0 to 1
 * @returns milliseconds, NaN without any answer
 */
export function percentile({ latenciesMs }: StepResult, share: number): number {
  return latenciesMs[Math.max(Math.ceil(share * latenciesMs.length) - 1, 0)] ?? Number.NaN;
}
