/** The program with one mistake: the metadata service of its instances takes requests without a session token. */
import * as pulumi from "@pulumi/pulumi";

pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
  type === "aws:ec2/launchTemplate:LaunchTemplate"
    ? { props: { ...props, metadataOptions: { ...props.metadataOptions, httpTokens: "optional" } }, opts }
    : undefined,
);

await import("../../index.ts");
