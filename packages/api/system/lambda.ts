/** The image as AWS Lambda runs it: the application, and the real adapter beside it, which asks for events. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Docker, Host, waitFor } from "@sorted/testbed";
import { runImage } from "./image.ts";

const port = 9001;
const invoke = `http://127.0.0.1:${port}/invoke`;

/** What Lambda sets in a function, as far as the adapter reads it. */
const lambdaEnvironment = {
  AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
  AWS_LAMBDA_FUNCTION_NAME: "sorted",
  AWS_LAMBDA_FUNCTION_VERSION: "1",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "1024",
  AWS_LAMBDA_LOG_GROUP_NAME: "sorted",
  AWS_LAMBDA_LOG_STREAM_NAME: "1",
};

/** A request, in no form of Lambda's. */
export interface LambdaRequest {
  readonly method: string;
  /** Names and values as they are written, percent-encoded. */
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
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
export function functionUrlEvent({ method, query = [], headers = {}, body }: LambdaRequest) {
  const domainName = "0123456789.lambda-url.eu-central-1.on.aws";
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: "/",
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
      http: { method, path: "/", protocol: "HTTP/1.1", sourceIp: "198.51.100.7", userAgent: "check" },
      requestId: "00000000-0000-0000-0000-000000000000",
      routeKey: "$default",
      stage: "$default",
      time: "24/Nov/2026:00:00:00 +0000",
      timeEpoch: 1_795_478_400_000,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
}

/** The event of a load balancer whose target group has multi-value headers. */
export function balancerEvent({ method, query = [], headers = {}, body }: LambdaRequest) {
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
    path: "/",
    multiValueQueryStringParameters: values,
    multiValueHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
    body: body ?? "",
    isBase64Encoded: false,
  };
}

/** One instance of a function. */
export class LambdaInstance {
  readonly #host: Host;
  readonly #folder: string;
  readonly close: () => Promise<void>;

  private constructor(host: Host, folder: string, close: () => Promise<void>) {
    this.#host = host;
    this.#folder = folder;
    this.close = close;
  }

  /** Starts the image, and in it the adapter as Lambda does; the first event has to wait until both are ready. */
  static async start(docker: Docker, environment: Readonly<Record<string, string>>): Promise<LambdaInstance> {
    const container = await runImage(docker, { ...lambdaEnvironment, ...environment });
    const host = await Host.of(container);
    const api = host.start(process.execPath, [
      join(import.meta.dirname, "lambda-runtime-api.ts"),
      String(port),
    ]);
    await waitFor("the stand-in for Lambda's API", () =>
      host
        .run("curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", `${invoke}/nothing`)
        .catch(() => undefined),
    );
    await docker.client.command("exec", "--detach", container.id, "/opt/extensions/lambda-adapter");
    const folder = mkdtempSync(join(tmpdir(), "sorted-lambda-"));
    return new LambdaInstance(host, folder, async () => {
      api.kill("SIGTERM");
      await container.remove();
      rmSync(folder, { recursive: true });
    });
  }

  /**
   * Hands over an event and waits for the answer.
   *
   * @throws Error with what the platform says, where it takes no answer
   */
  async invoke(event: object): Promise<LambdaAnswer> {
    const file = join(this.#folder, "event.json");
    writeFileSync(file, JSON.stringify(event));
    const options = ["--silent", "--show-error", "--fail-with-body", "--max-time", "60"];
    return JSON.parse(await this.#host.run("curl", ...options, "--data-binary", `@${file}`, invoke));
  }
}
