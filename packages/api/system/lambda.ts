/** The image as AWS Lambda runs it: the application, and next to it the real adapter, which asks for events. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Docker, Host, smoke, waitFor } from "@sorted/testbed";
import { runImage } from "./image.ts";
import type { LambdaAnswer } from "./lambda-events.ts";

const port = 9001;
const urlPort = 9002;
const invoke = `http://127.0.0.1:${port}/invoke`;

/** The variables that Lambda sets in a function, as far as the adapter reads them. */
const lambdaEnvironment = {
  AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
  AWS_LAMBDA_FUNCTION_NAME: "sorted",
  AWS_LAMBDA_FUNCTION_VERSION: "1",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "1024",
  AWS_LAMBDA_LOG_GROUP_NAME: "sorted",
  AWS_LAMBDA_LOG_STREAM_NAME: "1",
};

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

  /** Starts the image, and in it the adapter, as Lambda does. The first event has to wait until both are ready. */
  static async start(docker: Docker, environment: Readonly<Record<string, string>>): Promise<LambdaInstance> {
    const container = await runImage(docker, { ...lambdaEnvironment, ...environment });
    const host = await Host.of(container);
    const api = host.start(process.execPath, [
      join(import.meta.dirname, "lambda-runtime-api.ts"),
      String(port),
    ]);
    await waitFor("the server in the place of Lambda's API", () =>
      host
        .run("curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", `${invoke}/nothing`)
        .catch(() => undefined),
    );
    const url = host.start(process.execPath, [
      join(import.meta.dirname, "lambda-url.ts"),
      String(urlPort),
      invoke,
    ]);
    await docker.client.command("exec", "--detach", container.id, "/opt/extensions/lambda-adapter");
    const folder = mkdtempSync(join(tmpdir(), "sorted-lambda-"));
    return new LambdaInstance(host, folder, async () => {
      for (const server of [url, api]) server.kill("SIGTERM");
      await container.remove();
      rmSync(folder, { recursive: true });
    });
  }

  /** Runs the smoke check against the function's URL, and returns what it printed. */
  smoke(): Promise<string> {
    return this.#host.run(process.execPath, smoke, `http://127.0.0.1:${urlPort}`, "--wait", "10");
  }

  /**
   * Sends an event and waits for the answer.
   *
   * @throws Error with the platform's message, if it refuses the answer
   */
  async invoke(event: object): Promise<LambdaAnswer> {
    const file = join(this.#folder, "event.json");
    writeFileSync(file, JSON.stringify(event));
    const options = ["--silent", "--show-error", "--fail-with-body", "--max-time", "60"];
    return JSON.parse(await this.#host.run("curl", ...options, "--data-binary", `@${file}`, invoke));
  }
}
