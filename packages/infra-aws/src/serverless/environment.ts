/** How the application behaves on AWS Lambda. */
import { applicationEnvironment } from "@sorted/infra-kit";

/**
 * What AWS Lambda carries at most, in bytes, by the way in.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
const maxEventBytes = { functionUrl: 6 * 2 ** 20, functionBehindBalancer: 1_000_000 } as const;

/**
 * The environment of the application as a function. It is asked by the adapter beside it, which tells for whom; it has no
 * balancer that must notice its stop, and AWS gives it no time for one.
 */
export function lambdaEnvironment(options: {
  readonly way: keyof typeof maxEventBytes;
  readonly logRequests: boolean;
  /** Whether clients may read the metrics: nothing before a function's own URL could refuse them. */
  readonly publicMetrics: boolean;
  readonly apiKeyHashes: readonly string[];
  readonly environment: readonly string[];
}): Readonly<Record<string, string>> {
  return applicationEnvironment({
    logRequests: options.logRequests,
    apiKeyHashes: options.apiKeyHashes,
    // It gets one request at a time.
    environment: ["WORKERS=1", ...options.environment],
    metrics: options.way !== "functionUrl" || options.publicMetrics,
    maxEventBytes: maxEventBytes[options.way],
    trustedProxies: ["127.0.0.1/32"],
    shutdownDelaySeconds: 0,
    graceSeconds: 1,
  });
}
