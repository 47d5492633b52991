/** What AWS Lambda gives a function for a request, and what it accepts as an answer. */

/** A request, before it takes one of Lambda's forms. */
export interface LambdaRequest {
  readonly method: string;
  /** Default: `/`. */
  readonly path?: string;
  /** Names and values as written, percent-encoded. */
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Lambda carries bytes in Base64. */
  readonly body?: string | Buffer;
}

/** What a function answers. */
export interface LambdaAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** The event of a function URL. */
export function functionUrlEvent({ method, path = "/", query = [], headers = {}, body }: LambdaRequest) {
  const domainName = "0123456789.lambda-url.eu-central-1.on.aws";
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query.map(([name, value]) => `${name}=${value}`).join("&"),
    headers: {
      host: domainName,
      "x-forwarded-for": "198.51.100.7",
      "x-forwarded-proto": "https",
      ...headers,
    },
    requestContext: {
      accountId: "anonymous",
      apiId: "0123456789",
      domainName,
      domainPrefix: "0123456789",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "198.51.100.7", userAgent: "check" },
      requestId: "00000000-0000-0000-0000-000000000000",
      routeKey: "$default",
      stage: "$default",
      time: "24/Nov/2026:00:00:00 +0000",
      timeEpoch: 1_795_478_400_000,
    },
    ...(body !== undefined && { body: carried(body) }),
    isBase64Encoded: typeof body === "object",
  };
}

/** The event of a load balancer whose target group has multi-value headers. */
export function balancerEvent({ method, path = "/", query = [], headers = {}, body }: LambdaRequest) {
  const all = { host: "sorted.example.com", "x-forwarded-for": "198.51.100.7", ...headers };
  const values: Record<string, string[]> = {};
  for (const [name, value] of query) values[name] = [...(values[name] ?? []), value];
  return {
    requestContext: {
      elb: {
        targetGroupArn:
          "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/sorted/0123456789abcdef",
      },
    },
    httpMethod: method,
    path,
    multiValueQueryStringParameters: values,
    multiValueHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
    body: carried(body ?? ""),
    isBase64Encoded: typeof body === "object",
  };
}

function carried(body: string | Buffer): string {
  return typeof body === "string" ? body : body.toString("base64");
}
