/** A function's own address on the Internet. */
import { type Alias, FunctionUrl } from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";

/**
 * A URL by HTTPS, open to everyone; it costs nothing by itself. The provider adds the two permissions that this needs. They
 * stay on the function when the URL goes, and open nothing then.
 */
export class FunctionAddress extends pulumi.ComponentResource {
  /** Without a slash at the end. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: { readonly alias: Alias }, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:FunctionAddress", name, {}, options);
    const { functionName, name: qualifier } = args.alias;
    const { functionUrl } = new FunctionUrl(
      name,
      { functionName, qualifier, authorizationType: "NONE", invokeMode: "BUFFERED" },
      { parent: this },
    );
    this.url = functionUrl.apply((url) => url.replace(/\/$/, ""));
    this.registerOutputs({ url: this.url });
  }
}
