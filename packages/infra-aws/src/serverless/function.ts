/** The application as a function: AWS runs as many instances as there are requests at a time, and none without. */
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";
import { serviceRole } from "../iam/service-role.ts";

/** The name of the alias that requests go to. */
const live = "live";

/** What a function is made from. */
export interface ServerlessFunctionArgs {
  /** The image by digest, in ECR in the function's own region: AWS takes none from elsewhere. */
  readonly image: pulumi.Input<string>;
  readonly architecture: "arm64" | "x86_64";
  /** 128 to 10,240. Processors come with it: a whole one at 1,769. */
  readonly memoryMiB: number;
  /** After so long a request is given up, 1 to 900. */
  readonly timeoutSeconds: number;
  /** Of the application. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: { readonly name: pulumi.Input<string>; readonly arn: pulumi.Input<string> };
  /** The most instances, which is the most requests at a time; undefined leaves it to the account's limit. */
  readonly instanceLimit?: number | undefined;
  /** How many instances are kept started, billed by the hour. */
  readonly warmInstances: number;
  /** What must exist before AWS can read the image. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * A function from a container image that the Lambda Web Adapter is in, outside of any network.
 *
 * Requests go to an alias, never to the function itself: only an alias takes instances that are kept warm, and its URL
 * stays when their number changes.
 */
export class ServerlessFunction extends pulumi.ComponentResource {
  /** What to call: the alias. */
  readonly alias: lambda.Alias;
  readonly functionName: pulumi.Output<string>;

  readonly #name: string;
  readonly #args: ServerlessFunctionArgs;

  constructor(name: string, args: ServerlessFunctionArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:ServerlessFunction", name, {}, options);
    this.#name = name;
    this.#args = args;

    const made = this.#function();
    this.alias = new lambda.Alias(
      name,
      { name: live, functionName: made.name, functionVersion: made.version },
      { parent: this },
    );
    if (args.warmInstances > 0) this.#keepWarm(args.warmInstances);
    this.functionName = made.name;
    this.registerOutputs({ functionName: this.functionName });
  }

  #function(): lambda.Function {
    const { image, architecture, memoryMiB, timeoutSeconds, environment, logGroup, instanceLimit, ready } =
      this.#args;
    const { role, policy } = serviceRole(
      this.#name,
      {
        service: "lambda.amazonaws.com",
        allow: [
          {
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${logGroup.arn}:*`,
          },
        ],
      },
      this,
    );
    return new lambda.Function(
      this.#name,
      {
        packageType: "Image",
        imageUri: image,
        architectures: [architecture],
        memorySize: memoryMiB,
        timeout: timeoutSeconds,
        ...(instanceLimit !== undefined && { reservedConcurrentExecutions: instanceLimit }),
        // A version for each change, for the alias to lead to.
        publish: true,
        environment: { variables: environment },
        role: role.arn,
        // A line is logged as the application writes it.
        loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
      },
      { parent: this, dependsOn: [policy, ...ready] },
    );
  }

  #keepWarm(provisionedConcurrentExecutions: number): void {
    const { functionName, name: qualifier } = this.alias;
    new lambda.ProvisionedConcurrencyConfig(
      this.#name,
      { functionName, qualifier, provisionedConcurrentExecutions },
      { parent: this },
    );
  }
}
